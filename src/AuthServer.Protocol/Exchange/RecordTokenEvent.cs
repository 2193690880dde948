using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>Records what the token endpoint answered in the audit log.</summary>
internal sealed class RecordTokenEvent(IEventLog events) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyTokenResponseContext>()
        .UseScopedHandler<RecordTokenEvent>()
        .SetOrder(OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers
            .AttachHttpResponseCode<ApplyTokenResponseContext>.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        var grantType = context.Request?.GrantType;
        var (success, failure) = LogEventTypes.ExchangesOf(grantType);
        switch (context.Transaction)
        {
            case { Error: { IsReuse: true } reuse, PresentedToken.Authorization: { } revoked }:
                await events.RecordAsync(LogEventTypes.ReuseOf(grantType), new LogEvent { Error = reuse }.Of(revoked));
                break;
            case { Error: { } error } transaction:
                await events.RecordAsync(failure, new LogEvent
                {
                    ClientId = transaction.ClaimedClientId ?? transaction.Parameters["client_id"],
                    Audience = transaction.Parameters["audience"],
                    Scope = transaction.Parameters["scope"],
                    Error = error,
                });
                break;
            case { Issuance: { } issued }:
                var about = new LogEvent
                {
                    Audience = issued.ResourceServer?.Identifier,
                    Scope = issued.Scopes.ToString(),
                };
                await events.RecordAsync(
                    success, about.For(issued.Client).By(issued.User?.Subject.User).In(issued.Organization));
                break;
        }
    }
}
