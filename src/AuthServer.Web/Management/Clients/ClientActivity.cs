using AuthServer.Core.Logs;
using AuthServer.Storage;
using AuthServer.Web.Logs;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>When clients were last used, by the audit log: nothing is stored for it when a token is issued.</summary>
internal sealed class ClientActivity(AuthDbContext db, LogQueue queue)
{
    private static readonly string[] Uses =
    [
        LogEventTypes.Login.Code,
        LogEventTypes.CodeExchange.Code,
        LogEventTypes.MachineExchange.Code,
        LogEventTypes.PasswordExchange.Code,
        LogEventTypes.RefreshExchange.Code,
    ];

    /// <returns>The last login or token of each; a client that the log knows no use of is not among them.</returns>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastUsesAsync(
        IReadOnlyCollection<string> clientIds, CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        return await db.LogEvents
            .Where(e => clientIds.Contains(e.ClientId!) && Uses.Contains(e.Type))
            .GroupBy(e => e.ClientId!)
            .Select(g => new { ClientId = g.Key, Last = g.Max(e => e.Date) })
            .ToDictionaryAsync(use => use.ClientId, use => use.Last, StringComparer.Ordinal, ct);
    }
}
