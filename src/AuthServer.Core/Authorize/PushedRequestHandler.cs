using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Requests;
using AuthServer.Core.Tenants;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Authorize;

/// <summary>What a client gets for a pushed request, RFC 9126 §2.2.</summary>
/// <param name="RequestUri">The reference.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record PushedReference(string RequestUri, int ExpiresIn);

/// <summary>The sentence of <c>/oauth/par</c>: authenticate the client, read the request, run the tables of <c>/authorize</c>, keep it.</summary>
public sealed class PushedRequestHandler(
    Tenant tenant, ClientAuthenticator clients, DpopProofs proofs, RequestObjects objects, AuthorizeHandler authorize, IPushedRequestStore store, ISecretBox box)
{
    private static readonly string[] OfAuthentication = ["client_secret", "client_assertion", "client_assertion_type"];

    public async Task<Result<PushedReference>> HandleAsync(ClientRequest request, CancellationToken ct)
    {
        if (!tenant.Settings.PushedAuthorizationRequestsSupported)
            return OAuthError.EndpointDisabled("Pushed authorization requests are switched off");
        if (!proofs.Read(request.Proof, request.Now).Succeeded(out var read, out var unproven))
            return unproven;
        if (!(await clients.AuthenticateAsync(request, ct)).Succeeded(out var client, out var unknown))
            return unknown;
        if (await proofs.AdmitAsync(read.Proof, needsNonce: false, ct) is { } inadmissible)
            return inadmissible;
        if (request.Parameters.Has("request_uri"))
            return OAuthError.InvalidRequest("request_uri must not be pushed");

        if (!(await ParametersAsync(client, request, ct)).Succeeded(out var pending, out var malformed))
            return malformed;
        if (!Bind(pending.Parameters, read.Proof).Succeeded(out var parameters, out var mismatched))
            return mismatched;
        if (!(await authorize.ExamineAsync(pending with { Parameters = parameters }, ct)).Succeeded(out _, out var refused))
            return refused;
        return await KeepAsync(client, new PushedContent(parameters.All, pending.IsSigned), request.Now, ct);
    }

    private async Task<Result<PendingAuthorization>> ParametersAsync(Client client, ClientRequest request, CancellationToken ct)
    {
        var sent = OfAuthentication.Aggregate(request.Parameters, (parameters, name) => parameters.With(name, null)).With("client_id", client.ClientId);
        if (sent["request"] is not { } compact || client.IsStrict)
            return new PendingAuthorization(sent, request.Now) { IsPushed = true };
        return (await objects.ReadAsync(client, compact, request.Now, ct)).Succeeded(out var signed, out var refused)
            ? new PendingAuthorization(signed, request.Now) { IsPushed = true, IsSigned = true }
            : refused;
    }

    /// <summary>A proof says which key the code will be bound to, like <c>dpop_jkt</c> (RFC 9449 §10.1).</summary>
    private static Result<RequestParameters> Bind(RequestParameters parameters, DpopProof? proof) => proof switch
    {
        null => parameters,
        _ when parameters["dpop_jkt"] is { } named && named != proof.Thumbprint => OAuthError.InvalidRequest("dpop_jkt and the DPoP proof are of different keys"),
        _ => parameters.With("dpop_jkt", proof.Thumbprint),
    };

    private async Task<PushedReference> KeepAsync(Client client, PushedContent content, DateTimeOffset now, CancellationToken ct)
    {
        var reference = PushedRequest.UriPrefix + OpaqueToken.Create().Reveal();
        var lifetime = client.PushedRequestLifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : PushedRequest.Lifetime;
        await store.AddAsync(
            new Token
            {
                Id = Guid.CreateVersion7(now),
                ApplicationId = client.Id,
                Type = TokenTypeIdentifiers.Private.RequestToken,
                ReferenceId = new Secret(reference).Hash().ReferenceId,
                Payload = content.Encrypt(box),
                CreationDate = now.UtcDateTime,
                ExpirationDate = (now + lifetime).UtcDateTime,
            },
            ct);
        return new PushedReference(reference, (int)lifetime.TotalSeconds);
    }
}
