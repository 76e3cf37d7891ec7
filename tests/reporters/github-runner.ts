/** GitHub's runner, as far as it reads workflow commands: written from its documentation and its behaviour. */

export interface WorkflowCommand {
  command: string;
  properties: Record<string, string>;
  message: string;
}

/** Every command in what a step has printed. A line is one where `::name key=value,…::message` stands at its start. */
export function commandsIn(output: string): WorkflowCommand[] {
  return output.split(/\r\n|\n|\r/).flatMap((line) => {
    const match = /^\s*::([a-z-]+)(?: ([^\n]*?))?::(.*)$/i.exec(line);
    if (!match) return [];
    const [, command = '', properties = '', message = ''] = match;
    return [
      {
        command,
        properties: Object.fromEntries(
          properties
            .split(',')
            .filter((part) => part !== '')
            .map((part) => {
              const at = part.indexOf('=');
              return [part.slice(0, at), decoded(part.slice(at + 1), true)];
            }),
        ),
        message: decoded(message, false),
      },
    ];
  });
}

function decoded(text: string, property: boolean): string {
  const data = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  const whole = property ? data.replaceAll('%3A', ':').replaceAll('%2C', ',') : data;
  return whole.replaceAll('%25', '%');
}
