import type { Schema } from './validation.ts';

function text(description: string, maxLength?: number): Schema {
  return { type: 'string', description, minLength: 1, ...(maxLength === undefined ? {} : { maxLength }) };
}

const metadata: Readonly<Record<string, Schema>> = {
  user_metadata: {
    type: 'object',
    open: true,
    description: "Data related to the user that does not affect the application's core functionality.",
  },
  app_metadata: {
    type: 'object',
    open: true,
    description: "Data related to the user that does affect the application's core functionality.",
  },
};

const phone = {
  description: "The user's phone number (following the E.164 recommendation).",
  pattern: /^\+[0-9]{1,15}$/,
};

/** What POST /users accepts. */
export const createUserSchema: Schema = {
  type: 'object',
  required: ['connection'],
  properties: {
    ...metadata,
    email: { type: 'string', format: 'email', description: "The user's email." },
    phone_number: { type: 'string', ...phone },
    blocked: { type: 'boolean' },
    email_verified: { type: 'boolean' },
    phone_verified: { type: 'boolean' },
    given_name: text("The user's given name(s).", 150),
    family_name: text("The user's family name(s).", 150),
    name: text("The user's full name.", 300),
    nickname: text("The user's nickname.", 300),
    picture: { type: 'string', format: 'strict-uri', description: "A URI pointing to the user's picture." },
    user_id: {
      type: 'string',
      maxLength: 255,
      pattern: /^\S*$/,
      description: "The external user's id provided by the identity provider.",
    },
    connection: text('Name of the connection this user should be created in.'),
    password: text('Initial password for this user. Only valid for auth0 connection strategy.'),
    verify_email: { type: 'boolean' },
    username: text("The user's username. Only valid if the connection requires a username.", 128),
  },
};

function nullable(schema: Schema): Schema {
  return { ...schema, type: ['string', 'null'] };
}

/** What PATCH /users/{id} accepts; the real schema lets unknown properties through as well. */
export const updateUserSchema: Schema = {
  type: 'object',
  open: true,
  properties: {
    ...metadata,
    blocked: { type: 'boolean' },
    email_verified: { type: 'boolean' },
    email: { type: ['string', 'null'], format: 'email', description: 'Email address of this user.' },
    phone_number: { type: ['string', 'null'], ...phone },
    phone_verified: { type: 'boolean' },
    given_name: nullable(text('Given name/first name/forename of this user.', 150)),
    family_name: nullable(text('Family name/last name/surname of this user.', 150)),
    name: nullable(text('Name of this user.', 300)),
    nickname: nullable(text('Preferred nickname or alias of this user.', 300)),
    picture: {
      type: ['string', 'null'],
      format: 'strict-uri',
      description: 'URL to picture, photo, or avatar of this user.',
    },
    verify_email: { type: 'boolean' },
    verify_phone_number: { type: 'boolean' },
    password: nullable(text('New password for this user. Only valid for database connections.')),
    connection: text('Name of the connection to target for this user update.'),
    client_id: text('Auth0 client ID. Only valid when updating email address.'),
    username: nullable(text("The user's username. Only valid if the connection requires a username.", 128)),
  },
};
