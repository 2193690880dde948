using AuthServer.Core.Clients;
using AuthServer.Core.Connections;

namespace AuthServer.Core.Users;

/// <summary>Somebody tries to sign in.</summary>
/// <param name="Client">To which application.</param>
/// <param name="Connection">The user database.</param>
/// <param name="Identifier">An e-mail address or user name, as it was typed.</param>
/// <param name="Password">As it was typed.</param>
/// <param name="Ip">From where, under the name by which attempts are counted.</param>
public sealed record PasswordAttempt(Client Client, Connection Connection, string Identifier, string Password, string Ip);
