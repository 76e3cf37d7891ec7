import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HttpTrouble } from './trouble.ts';
import type { ClientCertificate } from './types.ts';

/** The variable of the environment that opens a key which is encrypted. */
export const passphraseVariable = 'CRM_READY_CLIENT_KEY_PASSPHRASE';

const certificatePem = /-----BEGIN CERTIFICATE-----/;
const keyPem = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Reads what this side shows to a server that demands a client certificate.
 * @param keyFile may be the same file: PEM files often hold both
 * @throws {HttpTrouble} `tls`, in the words of what is wrong; never with a part of the key or the passphrase
 */
export function readClientCertificate(
  certFile: string,
  keyFile: string,
  passphrase: string | undefined,
): ClientCertificate {
  const cert = read('--client-cert', certFile);
  const key = read('--client-key', keyFile);
  if (!certificatePem.test(cert)) throw notPem('--client-cert', certFile, 'certificate');
  if (!keyPem.test(key)) throw notPem('--client-key', keyFile, 'private key');
  const opened = open(key, keyFile, passphrase);
  if (!certificateIn(cert, certFile).checkPrivateKey(opened)) {
    throw trouble(`the key in ${keyFile} does not belong to the first certificate in ${certFile}.`);
  }
  return { cert, key: opened.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw trouble(`${option} names ${file}, which cannot be read: give the path of a PEM file.`, cause);
  }
}

function certificateIn(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw trouble(`the certificate in ${file} is damaged: export it again.`, cause);
  }
}

function open(pem: string, file: string, passphrase: string | undefined): KeyObject {
  const encrypted = /ENCRYPTED/.test(pem);
  if (encrypted && !passphrase) {
    throw trouble(
      `the key in ${file} is encrypted: give its passphrase in the variable ${passphraseVariable}.`,
    );
  }
  try {
    return createPrivateKey({ key: pem, ...(passphrase && { passphrase }) });
  } catch (cause) {
    throw encrypted
      ? trouble(`the passphrase in ${passphraseVariable} does not open the key in ${file}.`, cause)
      : trouble(`the key in ${file} is damaged: export it again.`, cause);
  }
}

function notPem(option: string, file: string, what: string): HttpTrouble {
  return trouble(
    `${option} names ${file}, which holds no ${what} in PEM form: make it of a .p12 or .pfx file with openssl pkcs12 -in FILE -out client.pem`,
  );
}

function trouble(message: string, cause?: unknown): HttpTrouble {
  return new HttpTrouble('tls', message, null, { cause });
}
