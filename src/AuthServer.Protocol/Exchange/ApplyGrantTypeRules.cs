using AuthServer.Protocol.Hosting;
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
        var exchange = new ExchangeContext
        {
            Client = context.Transaction.Client!,
            Parameters = context.Transaction.Parameters,
            Now = context.Options.TimeProvider.GetUtcNow(),
            KeyThumbprint = context.Transaction.DpopProof?.Thumbprint,
            Presented = context.Transaction.PresentedToken,
            Address = ClientAddress.Of(context.Transaction.GetHttpRequest()!.HttpContext.Connection.RemoteIpAddress),
        };
        foreach (var rule in grantType.Rules)
        {
            if (await rule(exchange, context.CancellationToken) is not { } error)
                continue;
            context.Reject(error);
            return;
        }

        var issuance = grantType.Issue(exchange);
        context.Transaction.Issuance = issuance;
        context.Principal = issuance.ToPrincipal();
    }
}
