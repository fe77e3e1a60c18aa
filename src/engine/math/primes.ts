/** Whether a whole number is prime, by trial division. */
export function isPrime(value: number): boolean {
  if (!Number.isSafeInteger(value) || value < 2) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false;
  return true;
}

/** The smallest divisor above 1, to say why a number is not prime. */
export function smallestDivisor(value: number): number {
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return divisor;
  return value;
}

/** base^exponent mod modulus, for modulus below 2^26. */
export function modularPower(base: number, exponent: number, modulus: number): number {
  let result = 1 % modulus;
  let square = base % modulus;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** g⁻¹ mod a prime. Throws RangeError where g is a multiple of it. */
export function modularInverse(g: number, prime: number): number {
  const residue = ((g % prime) + prime) % prime;
  if (residue === 0) throw new RangeError(`${g} has no inverse modulo ${prime}`);
  return modularPower(residue, prime - 2, prime);
}

/** The smallest generator of the units modulo a prime. Throws RangeError for a number that is none. */
export function primitiveRoot(prime: number): number {
  if (!isPrime(prime)) throw new RangeError(`${prime} has no generator: it must be prime`);
  for (let candidate = 1; ; candidate++) {
    let power = candidate % prime;
    let order = 1;
    while (power !== 1) {
      power = (power * candidate) % prime;
      order++;
    }
    if (order === prime - 1) return candidate;
  }
}

/** log_r(u) for u = 1 … p − 1, with r the primitive root: r^log[u] = u mod p. Entry 0 is unused. */
export function discreteLogarithms(prime: number): Int32Array {
  const root = primitiveRoot(prime);
  const logarithm = new Int32Array(prime);
  let power = 1;
  for (let exponent = 0; exponent < prime - 1; exponent++) {
    logarithm[power] = exponent;
    power = (power * root) % prime;
  }
  return logarithm;
}
