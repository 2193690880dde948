using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>An attempt to sign in with a password.</summary>
/// <param name="Client">To which application.</param>
/// <param name="Connections">The user databases in which the user may be.</param>
/// <param name="Identifier">An e-mail address or user name, as it was typed.</param>
/// <param name="Password">As it was typed.</param>
/// <param name="Ip">From where, under the name by which attempts are counted.</param>
public sealed record PasswordAttempt(
    Client Client, IReadOnlyList<Connection> Connections, string Identifier, string Password, string Ip);

/// <summary>A user who gave the right password.</summary>
/// <param name="User">The user.</param>
/// <param name="Connection">The user database that the password belongs to.</param>
/// <param name="Password">The password; what the login gives is stored only while it is the user's.</param>
public sealed record PasswordSignIn(User User, string Connection, PasswordVersion Password);
