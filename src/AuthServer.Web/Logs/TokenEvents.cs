using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logs;

namespace AuthServer.Web.Logs;

/// <summary>What the token endpoint answered, as events.</summary>
internal sealed class TokenEvents(IEventLog events, IEnumerable<IClientAuthentication> ways)
{
    public Task RecordAsync(ClientRequest request, Result<IssuedTokens> answer)
    {
        var grantType = request.Parameters["grant_type"];
        var (success, failure) = LogEventTypes.ExchangesOf(grantType);
        if (answer.Succeeded(out var issued, out var refused))
            return events.RecordAsync(success, About(issued));
        return refused.Ended is { } ended
            ? events.RecordAsync(LogEventTypes.ReuseOf(grantType), new LogEvent { Error = refused }.Of(ended))
            : events.RecordAsync(failure, About(request) with { Error = refused });
    }

    private static LogEvent About(IssuedTokens issued) =>
        new LogEvent { Audience = issued.Holder.Api?.Identifier, Scope = issued.Scopes.ToString() }.For(issued.Holder.Client).By(issued.Holder.User).In(issued.Holder.Organization);

    /// <summary>Who it claims to be, and what it asks for.</summary>
    private LogEvent About(ClientRequest request) => new()
    {
        ClientId = ways.Select(way => way.Read(request)).FirstOrDefault(claimed => claimed is not null)?.ClientIds.FirstOrDefault() ?? request.Parameters["client_id"],
        Audience = request.Parameters["audience"],
        Scope = request.Parameters["scope"],
    };
}
