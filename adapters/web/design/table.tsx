import type { ReactNode } from 'react';
import './table.css';

export type Column<Row> = Readonly<{
  head: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and times stand under each other. */
  align?: 'end';
  /** Left out where there is no room. */
  wideOnly?: boolean;
}>;

type Given<Row> = Readonly<{
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}>;

const cellClass = <Row,>({ align, wideOnly }: Column<Row>): string =>
  `${align === 'end' ? 'table-end' : ''} ${wideOnly === true ? 'table-wide' : ''}`;

export const Table = <Row,>({ caption, columns, rows, keyOf }: Given<Row>) => (
  <table className="table">
    <caption className="visually-hidden">{caption}</caption>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.head} scope="col" className={cellClass(column)}>
            {column.head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={keyOf(row)}>
          {columns.map((column) => (
            <td key={column.head} className={cellClass(column)} data-head={column.head}>
              {column.cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
