/**
 * A home-grown CRM, as people build them on Parse Server: three classes, and permissions that let in whoever is logged
 * in. No Cloud Code: what answers is Parse Server itself.
 * Environment: DATABASE_URI, PORT and the `PARSE_*` of test.env.
 */
import { randomBytes } from 'node:crypto';
import { ParseServer } from 'parse-server';

const { DATABASE_URI, PORT, PARSE_APP_ID, PARSE_USERNAME, PARSE_PASSWORD } = process.env;

// Nobody outside this process needs it, so nobody knows it.
const masterKey = randomBytes(24).toString('hex');
const serverURL = `http://127.0.0.1:${PORT}/parse`;

const loggedIn = { requiresAuthentication: true };
const classLevelPermissions = {
  find: loggedIn,
  get: loggedIn,
  count: loggedIn,
  create: loggedIn,
  update: loggedIn,
  delete: loggedIn,
  addField: {},
};
const text = { type: 'String' };
const contact = { type: 'Pointer', targetClass: 'Contact', required: true };

await ParseServer.startApp({
  appId: PARSE_APP_ID,
  masterKey,
  databaseURI: DATABASE_URI,
  serverURL,
  host: '127.0.0.1',
  port: Number(PORT),
  mountPath: '/parse',
  allowClientClassCreation: false,
  schema: {
    strict: true,
    definitions: [
      // Users are made by the administrator: `create` is nobody's.
      {
        className: '_User',
        fields: { name: text },
        classLevelPermissions: { ...classLevelPermissions, create: {} },
      },
      {
        className: 'Contact',
        fields: { name: { ...text, required: true }, phone: text, type: text },
        classLevelPermissions,
      },
      {
        className: 'Call',
        fields: {
          contact,
          subject: text,
          body: text,
          note: text,
          direction: text,
          result: text,
          duration: { type: 'Number' },
          startTime: { type: 'Date' },
          endTime: { type: 'Date' },
          sessionId: text,
        },
        classLevelPermissions,
      },
      {
        className: 'Message',
        fields: { contact, subject: text, body: text, direction: text, sentAt: { type: 'Date' } },
        classLevelPermissions,
      },
    ],
  },
});

const answer = await fetch(`${serverURL}/users`, {
  method: 'POST',
  headers: {
    'x-parse-application-id': PARSE_APP_ID,
    'x-parse-master-key': masterKey,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ username: PARSE_USERNAME, password: PARSE_PASSWORD, name: 'Dana Reyes' }),
});
const usernameTaken = 202;
if (!answer.ok) {
  const error = await answer.json();
  if (error.code !== usernameTaken) throw new Error(`Parse Server did not create the user: ${error.error}`);
}
