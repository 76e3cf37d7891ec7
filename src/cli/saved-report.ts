import { ReportFileError, readReport } from '../report/read.ts';
import type { Report } from '../report/types.ts';
import { inert } from '../reporters/inert.ts';
import { UsageError } from './failure.ts';

/** A report that a run has saved. @throws {UsageError} where the file is none that can be used */
export async function savedReport(file: string): Promise<Report> {
  try {
    return await readReport(file);
  } catch (error) {
    if (!(error instanceof ReportFileError)) throw error;
    throw new UsageError(inert(error.message), error.hint);
  }
}
