// The methods of the module auth0, and the requests that they are.
(function () {
  // By resource: the request below the resource's path, its name in version 4, its name in version 5, how version 5
  // reads the list (by page, or from a checkpoint), and the name that version 3 has at the client itself. What is
  // behind # is the member of the body that the data becomes.
  const methods = {
    __proto__: null,
    users: `
      GET    .                                getAll                list                 page  getUsers
      POST   .                                create                create               -     createUser
      GET    {id}                             get                   get                  -     getUser
      PATCH  {id}                             update                update               -     updateUser
      PATCH  {id}#app_metadata                updateAppMetadata     -                    -     updateAppMetadata
      PATCH  {id}#user_metadata               updateUserMetadata    -                    -     updateUserMetadata
      DELETE {id}                             delete                delete               -     deleteUser
      GET    ../users-by-email?email={email}  getByEmail            listUsersByEmail     -     getUsersByEmail
      GET    {id}/roles                       getRoles              roles.list           page  getUserRoles
      POST   {id}/roles                       assignRoles           roles.assign         -     assignRolestoUser
      DELETE {id}/roles                       deleteRoles           roles.delete         -     removeRolesFromUser
      GET    {id}/permissions                 getPermissions        permissions.list     page  getUserPermissions
      POST   {id}/permissions                 assignPermissions     permissions.create   -     assignPermissionsToUser
      DELETE {id}/permissions                 deletePermissions     permissions.delete   -     removePermissionsFromUser
      POST   {id}/identities                  link                  identities.link      -     linkUsers
      DELETE {id}/identities/{provider}/{user_id}  unlink           identities.delete    -     unlinkUsers
      GET    {id}/logs                        getLogs               logs.list            page  getUserLogs
      GET    {id}/organizations               getUserOrganizations  organizations.list   page
      GET    {user_id}/sessions               getSessions           sessions.list        take
      DELETE {user_id}/sessions               deleteSessions        sessions.delete
      GET    {user_id}/refresh-tokens         getRefreshTokens      refreshToken.list    take
      DELETE {user_id}/refresh-tokens         deleteRefreshTokens   refreshToken.delete
      POST   {id}/revoke-access               -                     revokeAccess`,
    usersByEmail: `
      GET ../users-by-email?email={email}  getByEmail`,
    roles: `
      GET    .                 getAll             list                page  getRoles
      POST   .                 create             create              -     createRole
      GET    {id}              get                get                 -     getRole
      PATCH  {id}              update             update              -     updateRole
      DELETE {id}              delete             delete              -     deleteRole
      GET    {id}/users        getUsers           users.list          take  getUsersInRole
      POST   {id}/users        assignUsers        users.assign        -     assignUsersToRole
      GET    {id}/permissions  getPermissions     permissions.list    page  getPermissionsInRole
      POST   {id}/permissions  addPermissions     permissions.add     -     addPermissionsInRole
      DELETE {id}/permissions  deletePermissions  permissions.delete  -     removePermissionsFromRole`,
    organizations: `
      GET    .                                        getAll                       list                       take
      POST   .                                        create                       create
      GET    {id}                                     get                          get
      GET    name/{name}                              getByName                    getByName
      PATCH  {id}                                     update                       update
      DELETE {id}                                     delete                       delete
      GET    {id}/members                             getMembers                   members.list               take
      POST   {id}/members                             addMembers                   members.create
      DELETE {id}/members                             deleteMembers                members.delete
      GET    {id}/members/{user_id}/roles             getMemberRoles               members.roles.list         page
      POST   {id}/members/{user_id}/roles             addMemberRoles               members.roles.assign
      DELETE {id}/members/{user_id}/roles             deleteMemberRoles            members.roles.delete
      GET    {id}/enabled_connections                 getEnabledConnections        enabledConnections.list    page
      POST   {id}/enabled_connections                 addEnabledConnection         enabledConnections.add
      GET    {id}/enabled_connections/{connectionId}  getEnabledConnection         enabledConnections.get
      PATCH  {id}/enabled_connections/{connectionId}  updateEnabledConnection      enabledConnections.update
      DELETE {id}/enabled_connections/{connectionId}  deleteEnabledConnection      enabledConnections.delete
      GET    {id}/invitations                         getInvitations               invitations.list           page
      POST   {id}/invitations                         createInvitation             invitations.create
      GET    {id}/invitations/{invitation_id}         getInvitation                invitations.get
      DELETE {id}/invitations/{invitation_id}         deleteInvitation             invitations.delete
      GET    {id}/client-grants                       getOrganizationClientGrants  clientGrants.list          page`,
    clients: `
      GET    .                          getAll              list          page  getClients
      POST   .                          create              create        -     createClient
      GET    {client_id}                get                 get           -     getClient
      PATCH  {client_id}                update              update        -     updateClient
      DELETE {client_id}                delete              delete        -     deleteClient
      POST   {client_id}/rotate-secret  rotateClientSecret  rotateSecret`,
    connections: `
      GET    .           getAll             list    take  getConnections
      POST   .           create             create  -     createConnection
      GET    {id}        get                get     -     getConnection
      PATCH  {id}        update             update  -     updateConnection
      DELETE {id}        delete             delete  -     deleteConnection
      DELETE {id}/users  deleteUserByEmail`,
    clientGrants: `
      GET    .     getAll  list    take  getClientGrants
      POST   .     create  create  -     createClientGrant
      PATCH  {id}  update  update  -     updateClientGrant
      DELETE {id}  delete  delete  -     deleteClientGrant`,
    resourceServers: `
      GET    .     getAll  list    page  getResourceServers
      POST   .     create  create  -     createResourceServer
      GET    {id}  get     get     -     getResourceServer
      PATCH  {id}  update  update  -     updateResourceServer
      DELETE {id}  delete  delete  -     deleteResourceServer`,
    logs: `
      GET .     getAll  list  page  getLogs
      GET {id}  get     get   -     getLog`,
    jobs: `
      GET  {id}                get          get                       -  getJob
      GET  {id}/errors         getErrors    errors.get
      POST verification-email  verifyEmail  verificationEmail.create  -  sendEmailVerification`,
    tickets: `
      POST password-change     changePassword  changePassword  -  createPasswordChangeTicket
      POST email-verification  verifyEmail     verifyEmail     -  createEmailVerificationTicket`,
    userBlocks: `
      GET    .?identifier={identifier}  getAll     listByIdentifier    -  getUserBlocksByIdentifier
      DELETE .?identifier={identifier}  deleteAll  deleteByIdentifier  -  unblockUserByIdentifier
      GET    {id}                       get        list                -  getUserBlocks
      DELETE {id}                       delete     delete              -  unblockUser`,
    sessions: `
      GET    {id}         get            get
      DELETE {id}         delete         delete
      POST   {id}/revoke  revokeSession  revoke`,
    refreshTokens: `
      GET    {id}  get     get
      DELETE {id}  delete  delete`,
  };

  // Of the Authentication API: name, name in version 3, path, and the grant type.
  const requests = [
    ['oauth.clientCredentialsGrant', 'clientCredentialsGrant', 'oauth/token', 'client_credentials'],
    ['oauth.passwordGrant', 'passwordGrant', 'oauth/token', 'password'],
    ['oauth.refreshTokenGrant', 'refreshToken', 'oauth/token', 'refresh_token'],
    ['oauth.authorizationCodeGrant', null, 'oauth/token', 'authorization_code'],
    ['oauth.revokeRefreshToken', null, 'oauth/revoke'],
    ['database.signUp', null, 'dbconnections/signup'],
    ['database.changePassword', 'requestChangePasswordEmail', 'dbconnections/change_password'],
  ];

  return { methods, requests };
})
