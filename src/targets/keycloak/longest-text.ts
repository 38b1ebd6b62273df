/** What the columns of Keycloak's database take, in units of UTF-16; what is longer it answers with a 500 and no reason. */
export const longestText = 255;
