using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.Jwt;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Reads a request from the query, a form, a request object (RFC 9101), or the encrypted state of a request that
/// resumes after an interaction. A request object is read once, here: it may expire while its user logs in. Replaces
/// ExtractGetOrPostRequest.
/// </summary>
internal sealed class ExtractAuthorizationParameters(
    IClientStore clients,
    RequestObjectReader objects,
    AuthorizationRequests requests,
    PendingAuthorizationProtector protector,
    LoginContinuationProtector continuations)
    : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>
{
    private static OAuthError Expired => OAuthError.InvalidRequest(
        "This sign-in took too long, or its address was changed. Go back to the application and start again.");

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractAuthorizationRequestContext>()
        .UseScopedHandler<ExtractAuthorizationParameters>()
        .SetOrder(ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ExtractAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var ct = http.HttpContext.RequestAborted;
        var read = ProtocolPaths.IsResume(http.Path) ? Resume(http)
            : ProtocolPaths.IsContinue(http.Path) ? await ContinueAsync(context.Transaction, http, ct)
            : await BeginAsync(http, context.Options.TimeProvider.GetUtcNow(), ct);
        if (!read.Succeeded(out var pending, out var malformed))
        {
            context.Reject(malformed);
            return;
        }

        context.Transaction.PendingAuthorization = pending;
        context.Transaction.SetAuthorizationRequest(pending.Parameters, requests.IsReference(pending.Parameters));
    }

    private Result<PendingAuthorization> Resume(HttpRequest http) =>
        http.Query["state"] is [{ } handle] && protector.Open(handle) is { } pending ? pending : Expired;

    /// <summary>
    /// With the state in the query, or in the form that the other application posts; there it counts before that of the
    /// query, as each parameter does for Actions, which read the form in either case.
    /// </summary>
    private async Task<Result<PendingAuthorization>> ContinueAsync(
        OpenIddictServerTransaction transaction, HttpRequest http, CancellationToken ct)
    {
        var state = http.Query["state"];
        if (http.HasFormContentType)
        {
            if (!(await http.ReadOAuthFormAsync(ct)).Succeeded(out var posted, out var unreadable))
                return unreadable;
            state = posted["state"] ?? state;
        }

        transaction.SuspendedLogin = continuations.Open(state);
        return transaction.SuspendedLogin is { } login ? login.Pending : Expired;
    }

    private async Task<Result<PendingAuthorization>> BeginAsync(
        HttpRequest http, DateTimeOffset now, CancellationToken ct)
    {
        var read = HttpMethods.IsPost(http.Method) ? await http.ReadOAuthFormAsync(ct) : http.ReadQuery();
        if (!read.Succeeded(out var sent, out var malformed))
            return malformed;
        if (requests.IsReference(sent))
        {
            return sent.Has("request")
                ? OAuthError.InvalidRequest("request and request_uri don't go together")
                : new PendingAuthorization(sent, now);
        }

        var isObject = sent.Has("request") && !sent.Has("request_uri");
        var client = isObject && sent["client_id"] is { } clientId ? await clients.FindAsync(clientId, ct) : null;
        if (client is null or { IsStrict: true })
            return new PendingAuthorization(sent, now);
        return (await objects.ReadAsync(client, sent["request"]!, now, ct)).Succeeded(out var signed, out var refused)
            ? new PendingAuthorization(signed, now) { IsSigned = true }
            : refused;
    }
}
