using AuthServer.Storage.Authorizations;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// From here on nothing is written until everything is signed. Notes a new authorization; replaces AttachAuthorization,
/// which would store it at once.
/// </summary>
internal sealed class BeginIssuance(IssuanceTransaction issuance) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .UseScopedHandler<BeginIssuance>()
        .SetOrder(ValidateSignInDemand.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        issuance.Begin();
        if (context.Transaction.Issuance is { IsNewAuthorization: true, User: { } user })
            issuance.NewAuthorization = user.Authorization;
        return default;
    }
}
