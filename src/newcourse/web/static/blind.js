/**
 * What the voter's device does for a token: RSABSSA-SHA384-PSS-Randomized (RFC 9474), the same as
 * newcourse.tokens.holder in Python. Pure: bytes are Uint8Array, chance comes in through arguments.
 *
 * Digest and verification are the browser's (WebCrypto); multiplication is BigInt, whose time depends on its
 * values: who can measure this device that finely could read the ballot from its screen as well.
 */

export const SALT = 48;
export const PREFIX = 32;
const BITS = [2048, 3072, 4096];
const EXPONENT = 65537n;

/** Text of hexadecimal digits. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text) {
  if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text)) throw new Error("not hexadecimal digits");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function join(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function toNumber(bytes) {
  return bytes.length ? BigInt(`0x${toHex(bytes)}`) : 0n;
}

export function toBytes(number, length) {
  const digits = number.toString(16).padStart(2 * length, "0");
  if (digits.length > 2 * length) throw new Error("the number is too long");
  return fromHex(digits);
}

async function sha384(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
}

/** base ** exponent mod modulus. */
export function power(base, exponent, modulus) {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse of a number by the extended Euclidean algorithm; null where there is none. */
export function inverse(number, modulus) {
  let [older, old, oldFactor, factor] = [modulus, number % modulus, 0n, 1n];
  while (old !== 0n) {
    const quotient = older / old;
    [older, old] = [old, older - quotient * old];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  if (older !== 1n) return null;
  return oldFactor < 0n ? oldFactor + modulus : oldFactor;
}

/**
 * The public key of a vote, checked: RSA of 2048, 3072 or 4096 bits, odd modulus, exponent 65537.
 * @param {string} text base64 of the DER SubjectPublicKeyInfo.
 */
export async function readKey(text) {
  const scheme = { name: "RSA-PSS", hash: "SHA-384" };
  const key = await crypto.subtle.importKey("spki", fromBase64(text), scheme, true, ["verify"]);
  const parts = await crypto.subtle.exportKey("jwk", key);
  const [n, e] = [parts.n, parts.e].map((part) =>
    toNumber(fromBase64(part.replaceAll("-", "+").replaceAll("_", "/"))),
  );
  const bits = n.toString(2).length;
  if (!BITS.includes(bits) || n % 2n === 0n || e !== EXPONENT) throw new Error("the key of this vote is not a safe one");
  return { key, n, bits, length: bits / 8 };
}

/** Fingerprint of a key, to compare with others: SHA-256 of the DER bytes. */
export async function fingerprint(text) {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", fromBase64(text))));
}

async function mask(seed, length) {
  const blocks = [];
  for (let count = 0; 48 * count < length; count += 1) {
    blocks.push(await sha384(join(seed, toBytes(BigInt(count), 4))));
  }
  return join(...blocks).slice(0, length);
}

/** EMSA-PSS (RFC 8017 §9.1.1) with SHA-384 and MGF1 with SHA-384; `bits` is one less than the key has. */
export async function encodePss(message, salt, bits) {
  const length = Math.ceil(bits / 8);
  const zeros = length - salt.length - 48 - 2;
  if (zeros < 0) throw new Error("the key is too short");
  const digest = await sha384(join(new Uint8Array(8), await sha384(message), salt));
  const block = join(new Uint8Array(zeros), Uint8Array.of(1), salt);
  const cover = await mask(digest, block.length);
  const masked = block.map((byte, at) => byte ^ cover[at]);
  masked[0] &= 0xff >> (8 * length - bits);
  return join(masked, digest, Uint8Array.of(0xbc));
}

/** PrepareRandomize (RFC 9474 §4.1). */
export function prepare(message, prefix) {
  if (prefix.length !== PREFIX) throw new Error(`the prefix must have ${PREFIX} bytes`);
  return join(prefix, message);
}

/** Blind (RFC 9474 §4.2) with a given salt and blinding factor. */
export async function blindWith(key, prepared, salt, factor) {
  const encoded = toNumber(await encodePss(prepared, salt, key.bits - 1));
  const undo = factor > 0n && factor < key.n ? inverse(factor, key.n) : null;
  if (undo === null || inverse(encoded, key.n) === null) throw new Error("these numbers cannot blind: draw again");
  const blinded = (encoded * power(factor, EXPONENT, key.n)) % key.n;
  return { blinded: toBytes(blinded, key.length), inverse: toBytes(undo, key.length) };
}

/**
 * Blind with fresh random numbers.
 * @param {(length: number) => Uint8Array} random Gives as many random bytes as asked for.
 */
export async function blind(key, prepared, random) {
  const salt = random(SALT);
  let factor = 0n;
  do factor = toNumber(random(key.length));
  while (factor === 0n || factor >= key.n);
  return blindWith(key, prepared, salt, factor);
}

/** Whether a signature over the prepared message is right under the key of the vote. */
export async function verify(key, prepared, signature, salt = SALT) {
  if (signature.length !== key.length) return false;
  return crypto.subtle.verify({ name: "RSA-PSS", saltLength: salt }, key.key, signature, prepared);
}

/** Finalize (RFC 9474 §4.4): the signature, or an error if the signer's answer gives none. */
export async function finalize(key, prepared, blindSignature, undo, salt = SALT) {
  if (blindSignature.length !== key.length) throw new Error("the signer's answer has a wrong length");
  const signature = toBytes((toNumber(blindSignature) * toNumber(undo)) % key.n, key.length);
  if (!(await verify(key, prepared, signature, salt))) throw new Error("the signer's answer is not a signature");
  return signature;
}
