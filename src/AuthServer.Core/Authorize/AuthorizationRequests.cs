using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Requests;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Authorize;

/// <summary>
/// Finds the parameters of a pending request: its own, or those that were pushed (RFC 9126). In the latter case the
/// URL counts for nothing, so that an error here has no redirect URI to go to and is shown on our own page.
/// </summary>
public sealed class AuthorizationRequests(Tenant tenant, IClientStore clients, IStoredTokens tokens, ISecretBox box)
{
    private const int MaxLocalesLength = 100;

    /// <summary>The request names a pushed one, RFC 9126 §4.</summary>
    public bool IsReference(RequestParameters parameters) =>
        tenant.Settings.PushedAuthorizationRequestsSupported
        && parameters["request_uri"]?.StartsWith(PushedRequest.UriPrefix, StringComparison.Ordinal) == true;

    /// <summary>The parameters of a pending request. Of a pushed one it has only the reference.</summary>
    public async Task<Result<OpenedRequest>> OpenAsync(PendingAuthorization pending, CancellationToken ct)
    {
        if (!IsReference(pending.Parameters))
            return new OpenedRequest(pending.Parameters, pending.IsSigned, null);
        if (await FindAsync(pending, ct) is not { } found)
            return Unusable;
        var content = PushedContent.Decrypt(found, box);
        return RequestParameters.From(content.Parameters).Succeeded(out var parameters, out var malformed)
            ? new OpenedRequest(parameters, content.IsSigned, found)
            : malformed;
    }

    /// <summary>
    /// The pending request as it waits for the user: of a pushed one only the reference, whose row is kept for as long
    /// as the login may take. A reference that no browser comes for goes when it expires.
    /// </summary>
    /// <param name="pending">The request.</param>
    /// <param name="opened">Request that a reference named; null when the parameters came through the browser.</param>
    /// <param name="ct">Ends the wait for the store.</param>
    public async Task<Result<PendingAuthorization>> SuspendAsync(
        PendingAuthorization pending, OpenedRequest? opened, CancellationToken ct)
    {
        if (opened is not { Pushed: { } pushed })
            return pending;
        var until = pending.StartedAt + PendingAuthorization.Lifetime;
        if (pushed.ExpiresAt < until && !await tokens.TryExtendAsync(pushed.ReferenceId!, until, ct))
            return Unusable;
        return pending with { Parameters = ReferenceTo(opened, pending.Parameters) };
    }

    /// <summary>The reference, and data that a page needs before the pushed request is opened.</summary>
    private static RequestParameters ReferenceTo(OpenedRequest pushed, RequestParameters sent) => RequestParameters.None
        .With("client_id", sent["client_id"])
        .With("request_uri", sent["request_uri"])
        .With("ui_locales", pushed.Parameters["ui_locales"] is { Length: <= MaxLocalesLength } locales ? locales : null)
        .With("response_mode", pushed.Parameters["response_mode"]);

    private static OAuthError Unusable =>
        OAuthError.InvalidRequestUri("The request_uri is unknown, expired, used, or another client's");

    /// <summary>A login may take longer than the lifetime of the reference, if it began in time.</summary>
    private async Task<Token?> FindAsync(PendingAuthorization pending, CancellationToken ct)
    {
        var client = pending.Parameters["client_id"] is { } clientId ? await clients.FindAsync(clientId, ct) : null;
        if (client is null)
            return null;
        var found = await tokens.FindAsync(PushedRequest.ReferenceId(pending.Parameters["request_uri"]!), ct);
        return found is not null && PushedRequest.IsUsable(found, client, pending.StartedAt) ? found : null;
    }
}

/// <summary>Parameters of an authorization request.</summary>
/// <param name="Parameters">All that count.</param>
/// <param name="IsSigned">They came in a signed request object (RFC 9101).</param>
/// <param name="Pushed">The token that they are stored in; null when they came through the browser.</param>
public sealed record OpenedRequest(RequestParameters Parameters, bool IsSigned, Token? Pushed);
