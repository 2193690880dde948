using AuthServer.Core.Authorize;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Runs the table of rules that only this server has, last of the validations, for requests at both endpoints.
/// </summary>
internal sealed class ValidateAuthorizationRules<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ValidateAuthorizationRules<TContext>>()
        .SetOrder(int.MaxValue - 100_000)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (AuthorizeRules.Check(AuthorizeRules.AfterRedirect, context.Transaction.Authorization!) is { } error)
            context.Reject(error);
        else
            context.Transaction.IsValidated = true;
        return default;
    }
}
