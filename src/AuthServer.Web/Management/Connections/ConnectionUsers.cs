using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>What a connection leaves behind when it goes. Runs inside the caller's transaction.</summary>
internal sealed class ConnectionUsers(AuthDbContext db, SessionTerminator ended)
{
    /// <summary>
    /// All ids of a provider's users at once: under its name another provider would give them to other people.
    /// </summary>
    public static string Of(Connection connection) => $"{connection.Strategy}|{connection.Name}|*";

    /// <summary>Its users, and those of other connections to whom an account of it is linked.</summary>
    public IQueryable<User> SigningInBy(Connection connection) => db.Users.Where(user =>
        user.Connection == connection.Name
        || db.UserIdentities.Any(i => i.UserId == user.UserId && i.Connection == connection.Name));

    /// <summary>The identities of users who came from elsewhere first, and the sessions that began by them.</summary>
    public async Task ForgetAsync(Connection connection, DateTimeOffset now, CancellationToken ct)
    {
        await ended.EndAsync(db.Sessions.Where(s => s.Connection == connection.Name), now, ct);
        await db.PasswordCredentials.Where(c => c.Connection == connection.Name).ExecuteDeleteAsync(ct);
        await db.UserIdentities.Where(i => i.Connection == connection.Name).ExecuteDeleteAsync(ct);
        if (IdentityProvider.Of(connection) is { Preset.IsSocial: false })
            await TakenUserIds.AddAsync(db, Of(connection), ct);
    }
}
