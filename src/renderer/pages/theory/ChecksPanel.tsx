import { Fragment } from 'react';
import type { JSX, ReactNode } from 'react';
import { useQueries } from '@tanstack/react-query';
import type { PropositionCheck, PropositionResult } from '../../../contract/theory.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { SelectField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note, StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { figure } from '../../words.ts';
import { headlineOf, lawsOf } from './checks.ts';
import { ProtectionRow } from './ProtectionRow.tsx';
import { useTheoryAddress } from './useTheoryAddress.ts';
import styles from './theory.module.css';

const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The propositions, computed when the page is opened: what they predict, and what was measured. */
export function ChecksPanel(): JSX.Element {
  const { check: open, law } = useTheoryAddress();
  const answers = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['theory', 'proposition', number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.theory.proposition({ parameters: { number } }, { signal }),
    })),
  });
  return (
    <Panel label="Live checks" flush className={styles.checks}>
      <table>
        <thead>
          <tr>
            <th>Live checks</th>
            <th>In words</th>
            <th>Computed with</th>
            <th className="num">Predicted</th>
            <th className="num">Measured</th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ data, error }, i) => {
            const number = numbers[i]!;
            if (error !== null) {
              return (
                <tr key={number}>
                  <td>Prop. {number}</td>
                  <td colSpan={5}>
                    <Note tone="bad">{sentenceOf(error)}</Note>
                  </td>
                </tr>
              );
            }
            if (data === undefined) return <WaitingRow key={number} number={number} />;
            return (
              <Fragment key={number}>
                <PropositionRow result={data.result} isOpen={open === number} law={law} />
                {open === number && <Details result={data.result} />}
              </Fragment>
            );
          })}
          <ProtectionRow />
        </tbody>
      </table>
    </Panel>
  );
}

function WaitingRow({ number }: { number: number }): JSX.Element {
  return (
    <tr>
      <td>
        <b>Prop. {number}</b>
      </td>
      <td colSpan={5} className="muted">
        computing
      </td>
    </tr>
  );
}

interface RowProps {
  result: PropositionResult;
  isOpen: boolean;
  law: string | null;
}

function PropositionRow({ result, isOpen, law }: RowProps): JSX.Element | null {
  const headline = headlineOf(result, law);
  if (headline === undefined) return null;
  const { check } = headline;
  return (
    <tr>
      <td>
        <button
          className={styles.openCheck}
          aria-expanded={isOpen}
          onClick={() => {
            setParams({ check: isOpen ? undefined : result.proposition });
          }}
        >
          <Icon name={isOpen ? 'down' : 'right'} />
          <b>Prop. {result.proposition}</b>
        </button>
      </td>
      <td>{headline.words}</td>
      <td className="muted">
        {result.proposition === 6 ? <Laws result={result} law={law} /> : headline.with}
      </td>
      <td className="num">{expectation(check)}</td>
      <td className="num">
        <b>{rounded(check.measured)}</b>
      </td>
      <td>
        <Verdict holds={result.holds} />
        {result.caveat !== null && <span className="muted"> · note</span>}
      </td>
    </tr>
  );
}

function Laws({ result, law }: { result: PropositionResult; law: string | null }): JSX.Element {
  const laws = lawsOf(result);
  const chosen = laws.find((one) => one === law) ?? laws[0] ?? '';
  return (
    <span className="row">
      a, b from
      <SelectField
        label="Distribution of a and b"
        small
        width={148}
        value={chosen}
        choices={laws.map((value) => ({ value, label: value }))}
        onChange={(next) => {
          setParams({ law: next === laws[0] ? undefined : next });
        }}
      />
    </span>
  );
}

export function Verdict({ holds, children }: { holds: boolean; children?: ReactNode }): JSX.Element {
  return (
    <StateMark icon={holds ? 'check' : 'warn'} tone={holds ? 'ok' : 'warn'}>
      {children ?? (holds ? 'holds' : 'does not hold')}
    </StateMark>
  );
}

function expectation({ relation, expected }: PropositionCheck): string {
  switch (relation) {
    case 'equals':
      return rounded(expected);
    case 'at most':
      return expected === 0 ? '0' : `≤ ${rounded(expected)}`;
    case 'at least':
      return `> ${rounded(expected)}`;
  }
}

function rounded(value: number): string {
  const size = Math.abs(value);
  return figure(size < 1e-12 ? 0 : value, size < 0.01 ? 3 : 5);
}

/** The statement, what it needs, and every check. */
function Details({ result }: { result: PropositionResult }): JSX.Element {
  const { statement, caveat, source, checks, parameters } = result;
  return (
    <tr className={styles.details} data-details>
      <td colSpan={6}>
        <p>
          {statement}{' '}
          {source === 'rebuilt' && 'Stated in the appendix; reconstructed from its description in the text.'}
        </p>
        {caveat !== null && <p className="muted">{caveat}</p>}
        <table>
          <thead>
            <tr>
              <th>Check{parameters.number >= 8 ? '' : `, d = ${parameters.prime}`}</th>
              <th className="num">Predicted</th>
              <th className="num">within</th>
              <th className="num">Measured</th>
              <th>Verdict</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <tr key={check.name}>
                <td>{check.name}</td>
                <td className="num">{expectation(check)}</td>
                <td className="num">{check.tolerance === 0 ? '' : rounded(check.tolerance)}</td>
                <td className="num">{rounded(check.measured)}</td>
                <td>
                  <Verdict holds={check.holds} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </td>
    </tr>
  );
}
