import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One recorded exchange with a real tenant; the fields of the recordings' JSON lines. */
export interface Interaction {
  readonly cassette: string;
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly request_body: unknown;
  readonly status: number;
  readonly response_body: unknown;
}

/** Exchanges that happened one after another on one tenant; `before` is what must be there already. */
export interface Session {
  readonly name: string;
  readonly before: readonly { readonly path: string; readonly body: unknown; readonly recordedId?: string }[];
  readonly interactions: readonly Interaction[];
}

/** Beside the repository and not in it: they are other people's data. */
const folder = join(import.meta.dirname, '../../../shared/auth0/recordings');

export const areRecordingsHere = existsSync(folder);

/**
 * All recorded sessions. A file is a session, except for the Ruby client's: there each test is a file, one interaction long,
 * and they were recorded in the order given here, which their rate limit headers and contents tell.
 */
export function recordedSessions(): Session[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  const whole = files
    .filter((file) => !file.startsWith('ruby-'))
    .map((file): Session => ({ name: file.replace('.jsonl', ''), before: [], interactions: read(file) }));
  const ruby = rubySessions.map(({ name, before, tests }): Session => {
    const prefix = `ruby-Auth0_Api_V2_${name}_`;
    return { name: `ruby-${name}`, before, interactions: tests.flatMap((test) => read(`${prefix}${test}.jsonl`)) };
  });
  return [...whole, ...ruby];
}

function read(file: string): Interaction[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Interaction);
}

const rubySessions = [
  {
    name: 'ResourceServers',
    before: [],
    tests: [
      '_create_test_server',
      '__resource_servers__should_return_at_least_1_result',
      '__resource_servers__should_get_the_test_server',
      '__resource_servers__should_return_the_first_page_of_one_result',
      '__resource_server__should_get_the_test_server',
      '__patch_resource_server__should_update_the_resource_server_with_the_correct_attributes',
      '__delete_resource_server__should_delete_the_test_server_without_an_error',
      '_delete_test_server',
    ],
  },
  {
    name: 'Roles',
    before: [],
    tests: [
      '_create_test_user',
      '_create_test_role',
      '_create_test_api',
      '__get_roles__should_get_the_Role_successfully',
      '__get_role__should_get_the_Role_successfully',
      '__add_role_permissions__should_add_a_Permission_to_the_Role_successfully',
      '__get_role_permissions__should_get_exactly_1_Permission',
      '__get_role_permissions__should_get_the_added_Permission_from_the_Role_successfully',
      '__remove_role_permissions__should_remove_a_Permission_from_the_Role_successfully',
      '__add_role_users__should_add_a_User_to_the_Role_successfully',
      '__get_role_users__should_get_exactly_1_User',
      '__get_role_users__should_get_the_added_User_from_the_Role_successfully',
      '__update_role__should_update_the_Role_successfully',
      '__delete_role__should_delete_the_Role_successfully',
      '_delete_test_api',
      '_delete_test_user',
    ],
  },
  {
    name: 'Users',
    before: [
      {
        path: '/users',
        body: {
          connection: 'Username-Password-Authentication',
          user_id: '613282adac819400692c0dd9',
          email: 'before@example.com',
        },
      },
      {
        path: '/roles',
        body: { name: 'rubytest-210908-test-role-for-users', description: 'Test role description' },
        recordedId: 'rol_2VZOCes8HgBar3Tp',
      },
    ],
    tests: [
      '__add_user_roles__should_add_a_Role_to_a_User_successfully',
      '__get_user_roles__should_get_Roles_for_a_User_successfully',
      '__remove_user_roles__should_remove_a_Role_from_a_User_successfully',
      '__add_user_permissions__should_add_a_Permissions_for_a_User_successfully',
      '__get_user_permissions__should_get_exactly_1_Permission_for_a_User_successfully',
      '__get_user_permissions__should_get_the_correct_Permission_for_a_User_successfully',
      '__remove_user_permissions__should_remove_a_Permission_from_a_User_successfully',
    ],
  },
];
