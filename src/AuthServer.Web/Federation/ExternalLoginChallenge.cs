using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Web.Federation;

/// <summary>Result of an external login: the user at the provider, or the failure.</summary>
/// <param name="Attempt">Login that the browser returns from.</param>
/// <param name="Handle">The waiting authorization; null when there is none.</param>
/// <param name="Provider">Provider of the login.</param>
/// <param name="User">User at the provider; null after a failure.</param>
/// <param name="Problem">Failure of the login, with its reason.</param>
public sealed record Returned(
    SignInAttempt Attempt,
    string? Handle,
    IdentityProvider Provider,
    UpstreamUser? User,
    ProviderProblem? Problem);

/// <summary>Sends a browser to an identity provider, and receives it again.</summary>
public sealed class ExternalLoginChallenge(
    Tenant tenant,
    IConnectionStore connections,
    OidcProviderClient client,
    ExternalLoginState attempts,
    IHttpContextAccessor accessor,
    TimeProvider time,
    ILogger<ExternalLoginChallenge> log)
{
    public const string CallbackPath = "/login/callback";

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Outside a request.");

    private string RedirectUri => tenant.Issuer.At(CallbackPath);

    /// <returns>The provider's URL; null when it can't be reached.</returns>
    public Task<string?> ForSignInAsync(
        Connection connection,
        AuthorizeContext context,
        string handle,
        CancellationToken ct) => BeginAsync(connection, handle, WishesOf(context), begun => begun, ct);

    /// <summary>For a signed-in user who connects this provider to their account.</summary>
    public Task<string?> ForLinkAsync(Connection connection, string sessionId, CancellationToken ct) =>
        BeginAsync(
            connection, handle: null, UpstreamWishes.None, begun => begun with { LinkIn = sessionId }, ct);

    /// <summary>For an administrator who tries the connection.</summary>
    public Task<string?> ForTrialAsync(Connection connection, string sessionId, CancellationToken ct) =>
        BeginAsync(
            connection, handle: null, UpstreamWishes.None, begun => begun with { TriedIn = sessionId }, ct);

    /// <returns>Null when this browser has not begun this login.</returns>
    public async Task<Returned?> ReturnAsync(RequestParameters answer, CancellationToken ct)
    {
        if (await attempts.EndAsync(Http, answer["state"], ct) is not var (attempt, handle))
            return null;
        if (await connections.FindAsync(attempt.ConnectionId, ct) is not { } connection
            || IdentityProvider.Of(connection) is not { } provider)
            return null;

        var (user, problem) = await AnswerAsync(provider, attempt, answer, ct);
        if (problem is not null)
            log.LogInformation(
                "Sign-in at {Connection} failed: {Failure}, {Detail}", connection.Name, problem.Failure,
                problem.Detail);
        return new Returned(attempt, handle, provider, user, problem);
    }

    private async Task<(UpstreamUser? User, ProviderProblem? Problem)> AnswerAsync(
        IdentityProvider provider, SignInAttempt attempt, RequestParameters answer, CancellationToken ct)
    {
        if (await client.MetadataAsync(provider, ct) is not { } metadata)
            return (null, new ProviderProblem(ProviderFailure.Down, "no discovery document"));
        if (UpstreamAnswer.Problem(answer, metadata) is { } unfit)
            return (null, unfit);
        var (user, problem) = await client.RedeemAsync(
            new ExternalLogin(provider, metadata, attempt),
            answer["code"]!,
            RedirectUri,
            time.GetUtcNow(),
            ct);
        return (provider.PostsForm ? user?.WithNameFrom(answer["user"]) : user, problem);
    }

    private async Task<string?> BeginAsync(
        Connection connection,
        string? handle,
        UpstreamWishes wishes,
        Func<SignInAttempt, SignInAttempt> forPurpose,
        CancellationToken ct)
    {
        if (IdentityProvider.Of(connection) is not { } provider
            || await client.MetadataAsync(provider, ct) is not { } metadata)
            return null;
        var (attempt, state) = attempts.Begin(Http, provider, handle, begun => forPurpose(begun) with
        {
            MaxAge = wishes.MaxAge,
            Again = wishes.Prompts.Contains("login", StringComparer.Ordinal),
        });
        return UpstreamRequest.UrlOf(provider, metadata, attempt, wishes, RedirectUri, state);
    }

    private static UpstreamWishes WishesOf(AuthorizeContext context) => new()
    {
        LoginHint = context.Parameters["login_hint"],
        UiLocales = context.Parameters["ui_locales"],
        AcrValues = context.Parameters["acr_values"],
        ConnectionScope = context.Parameters["connection_scope"],
        MaxAge = context.MaxAge,
        Prompts = context.Prompts,
    };
}
