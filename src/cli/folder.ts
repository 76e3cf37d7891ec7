import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder where there is none.
 * @param mode of what is made, such as 0o700
 * @throws {Error} of the file system, where it cannot be made or nothing can be written to it
 */
export async function writableFolder(path: string, mode?: number): Promise<void> {
  await folderAt(path, mode);
  await access(path, constants.W_OK);
}

/** `recursive` of mkdir never comes to an end in a file system that makes no folders, such as /proc. */
async function folderAt(path: string, mode?: number): Promise<void> {
  if (await isFolder(path)) return;
  await folderAt(dirname(path), mode);
  await mkdir(path, { mode }).catch(async (error: unknown) => {
    // Another job may have been quicker.
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
