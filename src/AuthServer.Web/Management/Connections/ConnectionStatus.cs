using AuthServer.Core.Federation;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>Whether users could come in by a connection now.</summary>
internal static class ConnectionStatus
{
    private static readonly ManagementError Offline = ManagementError.NotFound(
        "The identity provider does not answer, or its discovery document can't be used.", "connection_offline");

    /// <summary>A database is in this process: when this answers, it is up.</summary>
    public static async Task<IResult> GetAsync(
        string id, AuthDbContext db, OidcProviderClient dialogue, CancellationToken ct)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
            return ConnectionEndpoints.Missing;
        return
            IdentityProvider.Of(connection) is not { } provider
            || await dialogue.MetadataAsync(provider, ct) is not null
            ? Results.Ok()
            : Offline;
    }
}
