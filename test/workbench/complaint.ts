/** What the person at the terminal must know or do; printed as one sentence, without a stack. */
export class Complaint extends Error {}

/** Runs a script's main function; a complaint or a crash ends it with code 1. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Complaint ? `\n${error.message}` : error);
    process.exit(1);
  }
}
