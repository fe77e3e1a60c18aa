import { createHash } from 'node:crypto';
import { decodingOf } from '../../contract/dataSet.ts';
import type { PackedManifest } from '../../contract/dataSet.ts';

/**
 * SHA-256 of what a run is trained on: the checksums of its squares in their order, the part that each belongs to, and how they were
 * made. Files that are moved, copied or touched give the same; the key of a packed set, which is known before a picture is read, does not.
 */
export function contentKey(manifest: PackedManifest): string {
  const { crop, size, count, sha256 } = manifest;
  const facts = [decodingOf(manifest), crop, size, count, sha256.checks, sha256.partition];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
