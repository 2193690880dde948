using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.TryIt;

/// <summary>Authorization code flow with PKCE of an application. It knows only the issuer of this server.</summary>
public sealed class SampleSignIn(SampleClient client, SampleBackchannel backchannel, Tenant tenant)
{
    private string RedirectUri => tenant.Issuer.At(SampleClient.CallbackPath);

    /// <summary>URL that the browser is sent to, and the values to remember meanwhile.</summary>
    public (string Location, TryTransaction Transaction) Begin(string scope, string? audience, string? prompt)
    {
        var transaction = new TryTransaction(
            OpaqueToken.Create().Reveal(), OpaqueToken.Create().Reveal(), OpaqueToken.Create());
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = client.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = scope,
            ["state"] = transaction.State,
            ["nonce"] = transaction.Nonce,
            ["code_challenge"] = Pkce.ChallengeOf(transaction.Verifier.Reveal()),
            ["code_challenge_method"] = Pkce.Method,
        };
        if (!string.IsNullOrWhiteSpace(audience))
            query["audience"] = audience.Trim();
        if (!string.IsNullOrEmpty(prompt))
            query["prompt"] = prompt;
        return (QueryHelpers.AddQueryString("/authorize", query), transaction);
    }

    /// <summary>The browser is back: checks the answer, exchanges the code, checks the ID token.</summary>
    public async Task CompleteAsync(TrySession session, IQueryCollection answer, CancellationToken ct)
    {
        var transaction = session.Transaction;
        session.Transaction = null;
        if (transaction is null || answer["state"] != transaction.State)
            session.Problem = "state: the answer is not one to this browser's request";
        else if (answer["iss"] != tenant.Issuer.Value)
            session.Problem = "iss: the answer is from another server (RFC 9207)";
        else if (answer["error"].ToString() is { Length: > 0 } error)
            session.Problem = $"{error}: {answer["error_description"]}";
        else
            await ExchangeAsync(session, transaction, answer["code"].ToString(), ct);
    }

    public async Task RefreshAsync(TrySession session, CancellationToken ct)
    {
        if (session.Tokens?["refresh_token"]?.GetValue<string>() is not { } refreshToken)
            return;
        var answer = await TokenAsync(ct, new("grant_type", "refresh_token"), new("refresh_token", refreshToken));
        session.LastCall = ("POST /oauth/token, grant_type=refresh_token", answer);
        if (answer.Succeeded)
            session.Tokens = Merge(session.Tokens, answer.Body!);
    }

    public async Task CallUserInfoAsync(TrySession session, CancellationToken ct)
    {
        if (session.Tokens?["access_token"]?.GetValue<string>() is { } accessToken)
            session.LastCall = (
                "GET /userinfo", await backchannel.GetAsync(new Uri(tenant.Issuer.UserInfo), accessToken, ct));
    }

    /// <summary>RP-Initiated Logout §2.</summary>
    public string LogoutLocation(TrySession? session)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = client.ClientId,
            ["post_logout_redirect_uri"] = tenant.Issuer.At(SampleClient.StartPath),
        };
        if (session?.Tokens?["id_token"]?.GetValue<string>() is { } idToken)
            query["id_token_hint"] = idToken;
        return QueryHelpers.AddQueryString("/oidc/logout", query);
    }

    private async Task ExchangeAsync(TrySession session, TryTransaction transaction, string code, CancellationToken ct)
    {
        var answer = await TokenAsync(
            ct,
            new("grant_type", "authorization_code"),
            new("code", code),
            new("redirect_uri", RedirectUri),
            new("code_verifier", transaction.Verifier.Reveal()));
        session.LastCall = ("POST /oauth/token, grant_type=authorization_code", answer);
        if (!answer.Succeeded)
            session.Problem = $"{answer.Text("error") ?? $"{answer.Status}"}: {answer.Text("error_description")}";
        else if (ProblemOf(answer, transaction) is { } problem)
            session.Problem = problem;
        else
            session.Tokens = answer.Body;
    }

    /// <summary>
    /// OpenID Connect Core §3.1.3.7. The signature may be left out where the token came straight from its issuer
    /// (number 6).
    /// </summary>
    private string? ProblemOf(SampleAnswer answer, TryTransaction transaction)
    {
        if (answer.Text("id_token") is not { } idToken)
            return null;
        return DecodedToken.Read(idToken)?.Claims switch
        {
            null => "id_token: not a JWT",
            var claims when (string?)claims["iss"] != tenant.Issuer.Value => "id_token: the issuer is another",
            var claims when claims["aud"] is not JsonValue aud || (string?)aud != client.ClientId =>
                "id_token: it is for another application",
            var claims when (string?)claims["nonce"] != transaction.Nonce => "id_token: the nonce is another",
            _ => null,
        };
    }

    private Task<SampleAnswer> TokenAsync(CancellationToken ct, params KeyValuePair<string, string>[] form) =>
        backchannel.PostAsync(
            new Uri(tenant.Issuer.At("/oauth/token")), [new("client_id", client.ClientId ?? ""), .. form], ct);

    private static JsonObject Merge(JsonObject before, JsonObject after)
    {
        var merged = before.DeepClone().AsObject();
        foreach (var (name, value) in after)
            merged[name] = value?.DeepClone();
        return merged;
    }
}
