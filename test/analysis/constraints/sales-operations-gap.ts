/**
 * What the Sales Operations Manager's table of the source lacks of those whom the role is said to supervise, copied from
 * the tables by hand and by the words of the page: role, group, permissions.
 */
export const salesOperationsGap = [
  {
    role: 'Order Entry',
    group: 'Operations Entitlements – Producer Portal',
    permissions: ['Upsell Entitlements', 'Upgrade Entitlements', 'Renew Entitlements'],
  },
  {
    role: 'Customer Support Representative',
    group: 'Operations Products, Suites and Maintenance',
    permissions: ['Download File Images'],
  },
  {
    role: 'Customer Support Representative',
    group: 'Account Permissions – Producer Portal',
    permissions: [
      'View Entitlements',
      'Return',
      'Repair',
      'Rehost',
      'Generate License',
      'View Licenses',
      'View Devices',
    ],
  },
] as const;
