using AuthServer.Core.Authorize;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// The redirect URI is one of the client's. Its place decides where an error goes: an earlier one is shown on our own
/// page, a later one goes to the client (RFC 6749 §4.1.2.1). Replaces ValidateRedirectUriParameter, which demands one,
/// and ValidateClientRedirectUri, which comes after the other rules.
/// </summary>
internal sealed class ValidateRegisteredRedirectUri<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    private static bool IsPushed => typeof(TContext) == typeof(ValidatePushedAuthorizationRequestContext);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ValidateRegisteredRedirectUri<TContext>>()
        .SetOrder(IsPushed
            ? Authentication.ValidatePushedRedirectUriParameter.Descriptor.Order
            : Authentication.ValidateRedirectUriParameter.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var request = context.Transaction.Authorization!;
        if (AuthorizeRules.Check(AuthorizeRules.BeforeRedirect, request) is { } error)
        {
            context.Reject(error);
            return default;
        }

        context.Transaction.Client = request.Client;
        context.Transaction.TrustedRedirectUri = request.RedirectUri;
        switch (context)
        {
            case ValidateAuthorizationRequestContext authorization:
                authorization.SetRedirectUri(request.RedirectUri!);
                break;
            case ValidatePushedAuthorizationRequestContext pushed:
                pushed.SetRedirectUri(request.RedirectUri!);
                break;
        }

        return default;
    }
}
