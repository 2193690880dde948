using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Model;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Jwt;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>
/// Makes the request of what an authenticated client sent: its parameters without the authentication, or those of its
/// request object (RFC 9126 §3). A DPoP proof binds the code to its key, like <c>dpop_jkt</c> (RFC 9449 §10.1).
/// </summary>
internal sealed class ReadPushedParameters(RequestObjectReader objects)
    : IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    private static readonly string[] AuthenticationParameters =
        ["client_secret", "client_assertion", "client_assertion_type"];

    /// <summary>After the client's authentication, and before the first rule of the request.</summary>
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidatePushedAuthorizationRequestContext>()
        .UseScopedHandler<ReadPushedParameters>()
        .SetOrder(Authentication.ValidatePushedRequestUriParameter.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        var (transaction, ct) = (context.Transaction, context.CancellationToken);
        var (client, proof) = (transaction.Client!, transaction.DpopProof);
        var now = context.Options.TimeProvider.GetUtcNow();
        if (!(await ReadAsync(client, transaction.Parameters, now, ct)).Succeeded(out var pending, out var malformed))
        {
            context.Reject(malformed);
            return;
        }

        var named = pending.Parameters["dpop_jkt"];
        if (proof is not null && named is not null && named != proof.Thumbprint)
        {
            context.Reject(OAuthError.InvalidRequest("dpop_jkt and the DPoP proof are of different keys"));
            return;
        }

        var parameters = pending.Parameters.With("dpop_jkt", proof?.Thumbprint ?? named);
        transaction.PendingAuthorization = pending with { Parameters = parameters };
        transaction.SetAuthorizationRequest(parameters);
    }

    private async Task<Result<PendingAuthorization>> ReadAsync(
        Client client, RequestParameters sent, DateTimeOffset now, CancellationToken ct)
    {
        sent = AuthenticationParameters
            .Aggregate(sent, (parameters, name) => parameters.With(name, null))
            .With("client_id", client.ClientId);
        if (sent["request"] is not { } compact || client.IsStrict)
            return new PendingAuthorization(sent, now) { IsPushed = true };
        return (await objects.ReadAsync(client, compact, now, ct)).Succeeded(out var signed, out var refused)
            ? new PendingAuthorization(signed, now) { IsPushed = true, IsSigned = true }
            : refused;
    }
}
