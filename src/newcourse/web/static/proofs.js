/**
 * Proofs of the public record, checked in the browser: RFC 9162 trees, checkpoints as C2SP signed notes, and the
 * receipts {entry, index, checkpoint, proof} that newcourse.record.receipt makes. Pure.
 */

import { fromBase64, fromHex, join, toBase64, toHex } from "./blind.js";

const encoder = new TextEncoder();

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Canonical JSON (RFC 8785); ECMAScript's own numbers and order of keys are what that RFC demands. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const pairs = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
    return `{${pairs.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of text, or of the canonical JSON of anything else, as hexadecimal digits. */
export async function digest(value) {
  return toHex(await sha256(encoder.encode(typeof value === "string" ? value : canonical(value))));
}

/** Hash of a leaf (RFC 9162 §2.1.1), of a text or bytes. */
export async function leafHash(data) {
  return sha256(join(Uint8Array.of(0), typeof data === "string" ? encoder.encode(data) : data));
}

export async function nodeHash(left, right) {
  return sha256(join(Uint8Array.of(1), left, right));
}

/** Hash of an entry: SHA-256 of the canonical JSON of its fields but the hash (newcourse.record.entry). */
export async function entryHash(entry) {
  const { hash: _, ...sealed } = entry;
  return digest(sealed);
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function areSizes(...sizes) {
  return sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function areHashes(...hashes) {
  return hashes.every((hash) => hash instanceof Uint8Array && hash.length === 32);
}

/**
 * The way from a leaf to the root (RFC 9162 §2.1.3.2): each step with the neighbour, its side, and the hash of both;
 * null if the proof has not as many steps as the tree has levels there.
 */
export async function climb(leaf, index, size, proof) {
  if (!areSizes(index, size) || index >= size || !areHashes(leaf, ...proof)) return null;
  let [number, last, hash] = [BigInt(index), BigInt(size - 1), leaf];
  const steps = [];
  for (const sibling of proof) {
    if (last === 0n) return null;
    const left = (number & 1n) === 1n || number === last;
    hash = await (left ? nodeHash(sibling, hash) : nodeHash(hash, sibling));
    while (left && (number & 1n) === 0n && number > 0n) [number, last] = [number >> 1n, last >> 1n];
    steps.push({ sibling, side: left ? "left" : "right", hash });
    [number, last] = [number >> 1n, last >> 1n];
  }
  return last === 0n ? steps : null;
}

/** Whether a leaf is in the tree of a size and root. */
export async function verifyInclusion(leaf, index, size, proof, root) {
  const steps = await climb(leaf, index, size, proof);
  return steps !== null && same(steps.at(-1)?.hash ?? leaf, root);
}

/** Whether the tree of the first size and root is the beginning of the second (RFC 9162 §2.1.4.2). */
export async function verifyConsistency(first, second, proof, firstRoot, secondRoot) {
  if (!areSizes(first, second) || first > second || !areHashes(firstRoot, secondRoot, ...proof)) return false;
  if (first === second) return proof.length === 0 && same(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && same(firstRoot, await sha256(new Uint8Array()));
  let [number, last] = [BigInt(first - 1), BigInt(second - 1)];
  const path = (BigInt(first) & number) === 0n ? [firstRoot, ...proof] : proof;
  if (path.length === 0) return false;
  while (number & 1n) [number, last] = [number >> 1n, last >> 1n];
  let [smaller, larger] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (last === 0n) return false;
    if (number & 1n || number === last) {
      [smaller, larger] = [await nodeHash(sibling, smaller), await nodeHash(sibling, larger)];
      while (!(number & 1n) && number > 0n) [number, last] = [number >> 1n, last >> 1n];
    } else {
      larger = await nodeHash(larger, sibling);
    }
    [number, last] = [number >> 1n, last >> 1n];
  }
  return last === 0n && same(smaller, firstRoot) && same(larger, secondRoot);
}

/** Read a checkpoint: {text, origin, size, root, signatures: [{name, id, signature}]}; an error if it is none. */
export function readCheckpoint(note) {
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  const lines = text.split("\n");
  const signed = note.slice(gap + 2).split("\n");
  const found = signed.slice(0, -1).map((line) => /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line));
  const sound = gap > 0 && lines.length === 4 && lines[3] === "" && /^(0|[1-9]\d{0,15})$/.test(lines[1]);
  if (!sound || signed.at(-1) !== "" || found.length === 0 || found.includes(null)) throw new Error("not a checkpoint");
  const root = fromBase64(lines[2]);
  const signatures = found.map(([, name, content]) => {
    const bytes = fromBase64(content);
    return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  if (root.length !== 32 || toBase64(root) !== lines[2]) throw new Error("not a checkpoint");
  return { text, origin: lines[0], size: Number(lines[1]), root, signatures };
}

/**
 * Whether a checkpoint is signed under its own origin with a key: "signed", "wrong", or "unable" where the browser
 * has no Ed25519.
 * @param {string} publicKey base64 of the raw Ed25519 key (32 bytes).
 */
export async function verifyCheckpoint(note, publicKey, name = null) {
  const checkpoint = readCheckpoint(note);
  const signer = name ?? checkpoint.origin;
  const raw = fromBase64(publicKey);
  const id = (await sha256(join(encoder.encode(`${signer}\n`), Uint8Array.of(1), raw))).slice(0, 4);
  const line = checkpoint.signatures.find((found) => found.name === signer && same(found.id, id));
  if (line === undefined) return "wrong";
  try {
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    const right = await crypto.subtle.verify("Ed25519", key, line.signature, encoder.encode(checkpoint.text));
    return right ? "signed" : "wrong";
  } catch (error) {
    if (error.name === "NotSupportedError") return "unable";
    throw error;
  }
}

/**
 * Check a receipt.
 * @returns {Promise<{sound: boolean, entry: object, faults: string[], leaf: string, steps: object[],
 *   checkpoint: object, signature: string}>} What was found; `faults` is empty exactly if `sound`. `signature` is
 *   "signed", "wrong", "unable", or "unchecked" without a key.
 */
export async function checkReceipt(receipt, publicKey = null) {
  const entry = JSON.parse(receipt.entry);
  const checkpoint = readCheckpoint(receipt.checkpoint);
  const leaf = await leafHash(receipt.entry);
  const steps = await climb(leaf, receipt.index, checkpoint.size, receipt.proof.map(fromHex));
  const signature = publicKey ? await verifyCheckpoint(receipt.checkpoint, publicKey) : "unchecked";
  const faults = [];
  if (canonical(entry) !== receipt.entry) faults.push("The entry is not written in the form of the record.");
  if ((await entryHash(entry)) !== entry.hash) faults.push("The entry does not agree with its own hash.");
  if (entry.sequence !== receipt.index + 1) faults.push("The entry has another number than the receipt says.");
  if (steps === null || !same(steps.at(-1)?.hash ?? leaf, checkpoint.root)) {
    faults.push("The way from the entry does not lead to the root of the checkpoint: it is not on that record.");
  }
  if (signature === "wrong") faults.push("The checkpoint is not signed by this record.");
  return { sound: faults.length === 0, entry, faults, leaf: toHex(leaf), steps: steps ?? [], checkpoint, signature };
}
