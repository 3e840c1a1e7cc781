import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library'
import { PackageURL } from 'packageurl-js'
import type { Part } from './parts.ts'

/** The bill of materials in CycloneDX 1.6, as JSON: the same for the same parts, whenever it is written. */
export function billOfMaterials(name: string, version: string, parts: readonly Part[]): string {
  const bom = new Models.Bom()
  const ours = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    bomRef: `${name}@${version}`,
    licenses: new Models.LicenseRepository([new Models.SpdxLicense('MIT')]),
  })
  bom.metadata.component = ours
  for (const part of parts) {
    const component = componentOf(part)
    bom.components.add(component)
    ours.dependencies.add(component.bomRef)
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

function componentOf({ name, version, license }: Part): Models.Component {
  const [namespace, bare] = name.startsWith('@') ? name.split('/') : [null, name]
  const purl =
    name === 'node'
      ? new PackageURL('generic', null, 'node', version, null, null)
      : new PackageURL('npm', namespace, bare ?? name, version, null, null)
  const type =
    name === 'node' || name === 'electron' ? Enums.ComponentType.Platform : Enums.ComponentType.Library
  return new Models.Component(type, bare ?? name, {
    version,
    ...(namespace ? { group: namespace } : {}),
    purl: purl.toString(),
    bomRef: `${name}@${version}`,
    licenses: new Models.LicenseRepository([licenseOf(license)]),
  })
}

function licenseOf(license: string): Models.License {
  if (SPDX.isSupportedSpdxId(license)) return new Models.SpdxLicense(license)
  return / (OR|AND|WITH) /.test(license)
    ? new Models.LicenseExpression(license)
    : new Models.NamedLicense(license)
}
