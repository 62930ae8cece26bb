import { Keys } from '../shared/keys.js';
import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';

/** The key ring that passes, links and signatures are made with. */
export default defineCommands((program, desk) => {
  const keys = program
    .command('keys')
    .description('list and rotate the keys that passes, links and signatures are made with');

  keys
    .command('rotate')
    .description('make a fresh key for new passes, links and signatures; what older keys made goes on working')
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nRunning processes take the fresh key at their next start. Keys set by FOYER_KEYS are not written anywhere:\nthe command prints the new value of the variable instead.',
    )
    .action((options: { json?: boolean }) => {
      if (desk.config.keys) {
        const value = `${Keys.fresh()},${desk.config.keys}`;
        const currentId = Keys.fromText(value).currentId;
        desk.answer(options, {
          json: { currentId, FOYER_KEYS: value },
          text: ['Set this and restart:', `FOYER_KEYS=${value}`],
        });
        return;
      }
      const currentId = Keys.rotate(desk.config.directory);
      desk.answer(options, {
        json: { currentId },
        text: [`Key ${currentId} is current. Restart the web and worker processes.`],
      });
    });

  keys
    .command('list')
    .description('list the ids of the keys, the current one first')
    .addOption(asJson())
    .action((options: { json?: boolean }) => {
      const { ids } = desk.keys;
      desk.answer(options, { json: { ids }, text: ids.map((id, index) => (index === 0 ? `${id} (current)` : id)) });
    });
});
