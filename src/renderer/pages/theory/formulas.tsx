import { createElement } from 'react';
import type { JSX, ReactNode } from 'react';

/** Formulas as MathML, which browsers and screen readers read by themselves. */

type Part = ReactNode;

function tag(name: string, ...parts: Part[]): JSX.Element {
  return createElement(name, null, ...parts);
}

const letter = (text: string): JSX.Element => tag('mi', text);
const sign = (text: string): JSX.Element => tag('mo', text);
const digit = (text: string): JSX.Element => tag('mn', text);
const row = (...parts: Part[]): JSX.Element => tag('mrow', ...parts);
const below = (base: Part, index: string): JSX.Element => tag('msub', base, digit(index));
const square = (base: Part): JSX.Element => tag('msup', base, digit('2'));
const fence = (text: string): JSX.Element => createElement('mo', { stretchy: 'false' }, text);
const hat = (name: string): JSX.Element => tag('mover', letter(name), sign('^'));
/** |k̂₁|² */
const power = (index: string): JSX.Element => square(row(fence('|'), below(hat('k'), index), fence('|')));
const mean = (...parts: Part[]): JSX.Element => row(fence('⟨'), ...parts, fence('⟩'));

function Formula({ label, children }: { label: string; children: ReactNode }): JSX.Element {
  return createElement('math', { 'aria-label': label }, children);
}

export function ModelFormula(): JSX.Element {
  return (
    <Formula label="X is k2 convolved with k1 convolved with Z">
      {row(
        letter('X'),
        sign('='),
        below(letter('k'), '2'),
        sign('⊛'),
        below(letter('k'), '1'),
        sign('⊛'),
        letter('Z'),
      )}
    </Formula>
  );
}

export function RatioFormula(): JSX.Element {
  return (
    <Formula label="rho is the mean of the product of both powers, over the product of their means">
      {row(
        letter('ρ'),
        sign('='),
        tag('mfrac', mean(power('1'), power('2')), row(mean(power('1')), mean(power('2')))),
      )}
    </Formula>
  );
}

export function InvariantFormula(): JSX.Element {
  return (
    <Formula label="kappa is a squared minus b squared">
      {row(letter('κ'), sign('='), square(letter('a')), sign('−'), square(letter('b')))}
    </Formula>
  );
}

export function BoundFormula(): JSX.Element {
  const product = row(fence('|'), hat('c'), fence('|'));
  return (
    <Formula label="rho is at most the mean of c squared over the square of the mean of c">
      {row(letter('ρ'), sign('≤'), tag('mfrac', mean(square(product)), square(mean(product))))}
    </Formula>
  );
}
