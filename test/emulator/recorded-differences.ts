/**
 * Properties that the service has added since the older recordings were made, each with the value that marks it. Where a
 * recorded answer has none of the name, the emulator's are left out of the comparison.
 */
export const addedSince: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => value === 'tenant',
  subject_type_authorization: () => true,
};

const otherContent = 'the recorded tenant held more: other APIs, and 130 scopes of its Management API';
const failingBuild = 'how often, and for how long, the service tries to build what npm does not have';

/** Recorded answers that the emulator does not give, each with the reason. A new one must be put right or explained here. */
export const explained: Readonly<Record<string, string>> = {
  'goauth0-TestResourceServer_Delete#2': 'the body of this 404 was emptied when it was recorded',
  ...forEach(
    'ruby-Auth0_Api_V2_ResourceServers___resource_servers__',
    [
      'should_return_at_least_1_result#0',
      'should_get_the_test_server#0',
      'should_return_the_first_page_of_one_result#0',
    ],
    otherContent,
  ),
  ...forEach('TestAccAction#', [35, 36, 38, 39, 40, 41, 42], failingBuild),
  'TestAccAction#45': 'another test had bound its action in the recorded tenant',
};

function forEach(prefix: string, ends: readonly (string | number)[], reason: string): Record<string, string> {
  return Object.fromEntries(ends.map((end) => [`${prefix}${end}`, reason]));
}
