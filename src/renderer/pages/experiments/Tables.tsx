import type { JSX } from 'react';
import type { ExperimentResult, ExperimentTable } from '../../../contract/experiments.ts';
import { classes } from '../../components/classes.ts';
import { Panel } from '../../components/Panel.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import { count, counted, figure } from '../../words.ts';
import styles from './experiments.module.css';

/** Every number, a table each, closed until it is wanted. */
export function Tables({ result }: { result: ExperimentResult }): JSX.Element | null {
  if (result.tables.length === 0) return null;
  return (
    <Panel title="Numbers" fact={counted(result.tables.length, 'table')}>
      {result.tables.map((table) => (
        <details key={table.name} className={styles.table}>
          <summary>
            {table.title} <span className="muted small">{counted(table.rows.length, 'row')}</span>
          </summary>
          <SaveMenu
            what={`the table “${table.title}”`}
            name={`${result.experiment}-${table.name}`}
            formats={['csv']}
            files={() => Promise.resolve({ csv: csvOf(table) })}
          />
          <div
            className={classes(styles.scroll, styles.room)}
            tabIndex={0}
            role="group"
            aria-label={table.title}
          >
            <table>
              <thead>
                <tr>
                  {table.columns.map((column) => (
                    <th key={column}>{column}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map((row, place) => (
                  <tr key={place}>
                    {row.map((cell, column) => (
                      <td key={column} className={typeof cell === 'number' ? 'num' : ''}>
                        {cell === null ? '–' : typeof cell === 'string' ? cell : numberOf(cell)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </Panel>
  );
}

/** Steps and seeds whole, measurements with three figures. */
function numberOf(value: number): string {
  return Number.isInteger(value) ? count(value) : figure(value);
}

function csvOf({ columns, rows }: ExperimentTable): string {
  const field = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
