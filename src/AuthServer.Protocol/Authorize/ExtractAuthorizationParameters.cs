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
        if (ProtocolPaths.IsContinue(http.Path))
            context.Transaction.SuspendedLogin = continuations.Open(
                await ReadStateAsync(http, http.HttpContext.RequestAborted));
        var read = ProtocolPaths.IsResume(http.Path) ? Resume(http)
            : ProtocolPaths.IsContinue(http.Path) ? Continue(context.Transaction.SuspendedLogin)
            : await BeginAsync(http, context.Options.TimeProvider.GetUtcNow(), http.HttpContext.RequestAborted);
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

    private static Result<PendingAuthorization> Continue(SuspendedLogin? login) =>
        login is null ? Expired : login.Pending;

    /// <summary>From the query, or the form that the other application posts.</summary>
    private static async Task<string?> ReadStateAsync(HttpRequest http, CancellationToken ct)
    {
        if (http.Query["state"] is [{ } inQuery])
            return inQuery;
        if (!http.HasFormContentType)
            return null;
        var read = await http.ReadOAuthFormAsync(ct);
        return read.Succeeded(out var posted, out _) ? posted["state"] : null;
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
