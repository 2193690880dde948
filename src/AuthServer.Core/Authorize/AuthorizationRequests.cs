using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Requests;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Authorize;

/// <summary>
/// Finds out what a request really asks, before any rule looks at it: its own parameters, those of a signed object (RFC 9101), or those
/// that were pushed (RFC 9126). In the latter cases what else stands in the URL counts for nothing, so that a failure here has no
/// redirect URI to go to and is shown on our own page.
/// </summary>
public sealed class AuthorizationRequests(Tenant tenant, IClientStore clients, IPushedRequestStore pushed, RequestObjects objects, ISecretBox box)
{
    private const int LongestLocales = 100;

    /// <summary>A request as it comes in at <c>/authorize</c>. An object is read once, here: it may expire while its user logs in.</summary>
    public async Task<Result<PendingAuthorization>> BeginAsync(RequestParameters parameters, DateTimeOffset now, CancellationToken ct)
    {
        if (IsReference(parameters))
            return await FollowAsync(parameters, now, ct);
        if (parameters["request"] is not { } compact || parameters.Has("request_uri") || parameters["client_id"] is not { } clientId)
            return new PendingAuthorization(parameters, now);
        if (await clients.FindAsync(clientId, ct) is not { IsStrict: false } client)
            return new PendingAuthorization(parameters, now);
        return (await objects.ReadAsync(client, compact, now, ct)).Succeeded(out var signed, out var refused)
            ? new PendingAuthorization(signed, now) { IsSigned = true }
            : refused;
    }

    /// <summary>The parameters of a waiting request. Of a pushed one it carries the reference alone.</summary>
    public async Task<Result<OpenedRequest>> OpenAsync(PendingAuthorization pending, CancellationToken ct)
    {
        if (!IsReference(pending.Parameters))
            return new OpenedRequest(pending.Parameters, pending.IsSigned, null);
        var found = await pushed.FindAsync(new Secret(pending.Parameters["request_uri"]!).Hash(), ct);

        // Who came in time may take longer to log in: the handle says when that was.
        if (found is null || found.IsExpired(pending.StartedAt)
            || !await IsOfAsync(found, pending.Parameters["client_id"], ct))
            return OAuthError.InvalidRequestUri("The request_uri is unknown, expired, used, or another client's");
        var content = PushedContent.Decrypt(found, box);
        return RequestParameters.From(content.Parameters).Succeeded(out var parameters, out var malformed)
            ? new OpenedRequest(parameters, content.IsSigned, found)
            : malformed;
    }

    /// <summary>Redeems a pushed request for a response that stores nothing.</summary>
    /// <returns>False when another response was first.</returns>
    public async Task<bool> TryEndAsync(Token? request, CancellationToken ct) =>
        request is null || await pushed.TryRedeemAsync(request, ct);

    private async Task<bool> IsOfAsync(Token request, string? clientId, CancellationToken ct) =>
        clientId is not null && await clients.FindAsync(clientId, ct) is { } client
            && client.Id == request.ApplicationId;

    private async Task<Result<PendingAuthorization>> FollowAsync(RequestParameters parameters, DateTimeOffset now, CancellationToken ct)
    {
        if (parameters.Has("request"))
            return OAuthError.InvalidRequest("request and request_uri don't go together");
        var reference = RequestParameters.None.With("client_id", parameters["client_id"]).With("request_uri", parameters["request_uri"]);
        if (!(await OpenAsync(new PendingAuthorization(reference, now), ct)).Succeeded(out var opened, out var unknown))
            return unknown;

        // What a page has to know before the request is opened.
        var locales = opened.Parameters["ui_locales"] is { Length: <= LongestLocales } wished ? wished : null;
        return new PendingAuthorization(reference.With("ui_locales", locales).With("response_mode", opened.Parameters["response_mode"]), now);
    }

    private bool IsReference(RequestParameters parameters) =>
        tenant.Settings.PushedAuthorizationRequestsSupported
        && parameters["request_uri"]?.StartsWith(PushedRequest.UriPrefix, StringComparison.Ordinal) == true;
}

/// <summary>What a request asks.</summary>
/// <param name="Parameters">All that counts.</param>
/// <param name="IsSigned">They came in a signed request object.</param>
/// <param name="Pushed">Where they were kept; null when they came through the browser.</param>
public sealed record OpenedRequest(RequestParameters Parameters, bool IsSigned, Token? Pushed);
