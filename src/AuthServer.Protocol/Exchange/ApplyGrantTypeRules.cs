using AuthServer.Core;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.Issuance;
using Microsoft.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>Runs the table of the request's grant type, and hands what it issues to OpenIddict.</summary>
internal sealed class ApplyGrantTypeRules(IServiceProvider services)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleTokenRequestContext>()
        .UseScopedHandler<ApplyGrantTypeRules>()
        .SetOrder(0)
        .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var grantType = services.GetRequiredKeyedService<IGrantTypeHandler>(context.Request.GrantType);
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var exchange = new ExchangeContext
        {
            Client = context.Transaction.Client!,
            Parameters = context.Transaction.Parameters,
            Now = context.Options.TimeProvider.GetUtcNow(),
            KeyThumbprint = context.Transaction.DpopProof?.Thumbprint,
            Presented = context.Transaction.PresentedToken,
            Address = ClientAddress.Of(http.Connection.RemoteIpAddress),
        };
        var error = await CheckAsync(grantType.Rules, exchange, context.CancellationToken);
        if (exchange.QuotaReports.Count > 0)
            QuotaReport.Write(exchange.QuotaReports, http.Response, exchange.Now);
        if (error is not null)
        {
            context.Reject(error);
            return;
        }

        var issuance = grantType.Issue(exchange);
        context.Transaction.Issuance = issuance;
        context.Principal = TokenIssuance.NewPrincipal();
    }

    private static async ValueTask<OAuthError?> CheckAsync(
        IReadOnlyList<ExchangeRule> rules, ExchangeContext exchange, CancellationToken ct)
    {
        foreach (var rule in rules)
        {
            if (await rule(exchange, ct) is { } error)
                return error;
        }

        return null;
    }
}
