using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
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
        var found = await tokens.FindAsync(PushedRequest.ReferenceId(pending.Parameters["request_uri"]!), ct);

        // A login may take longer than the reference lives, if it began in time.
        var isUsable = PushedRequest.IsUsable(found, pending.StartedAt);
        if (!isUsable || !await IsOfAsync(found!, pending.Parameters["client_id"], ct))
            return OAuthError.InvalidRequestUri("The request_uri is unknown, expired, used, or another client's");
        var content = PushedContent.Decrypt(found!, box);
        return RequestParameters.From(content.Parameters).Succeeded(out var parameters, out var malformed)
            ? new OpenedRequest(parameters, content.IsSigned, found)
            : malformed;
    }

    /// <summary>The reference, and what a page has to know before the pushed request is opened.</summary>
    public static RequestParameters ReferenceTo(OpenedRequest pushed, RequestParameters sent) => RequestParameters.None
        .With("client_id", sent["client_id"])
        .With("request_uri", sent["request_uri"])
        .With("ui_locales", pushed.Parameters["ui_locales"] is { Length: <= MaxLocalesLength } locales ? locales : null)
        .With("response_mode", pushed.Parameters["response_mode"]);

    private async Task<bool> IsOfAsync(Token request, string? clientId, CancellationToken ct) =>
        clientId is not null && (await clients.FindAsync(clientId, ct))?.Id is { } id && id == request.ApplicationId;
}

/// <summary>What a request asks for.</summary>
/// <param name="Parameters">All that count.</param>
/// <param name="IsSigned">They came in a signed request object (RFC 9101).</param>
/// <param name="Pushed">The token that they are stored in; null when they came through the browser.</param>
public sealed record OpenedRequest(RequestParameters Parameters, bool IsSigned, Token? Pushed);
