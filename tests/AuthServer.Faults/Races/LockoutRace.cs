using System.Globalization;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Faults.Races;

/// <summary>
/// One account's budget of tries: as many are counted as are let through, and then the right password is refused, too
/// (CVE-2023-33170).
/// </summary>
internal sealed class LockoutRace(
    Deployment deployment, Administrator administrator, (string Id, string? Secret) client) : IRace
{
    private const string Password = "four unrelated words here";
    private readonly HttpClient http = deployment.NewHttp();
    private int heats;

    public static async Task<IRace> OpenAsync(Deployment deployment)
    {
        var administrator = await Administrator.SignInAsync(deployment);
        var client = await administrator.ClientAsync(
            new
            {
                name = "Terminal",
                app_type = "regular_web",
                grant_types = new[] { "http://auth0.com/oauth/grant-type/password-realm" },
            });
        return new LockoutRace(deployment, administrator, client);
    }

    public async Task<Heat> PrepareAsync()
    {
        // An address of its own: what one address may try in an hour is a budget, too.
        var address = string.Create(
            CultureInfo.InvariantCulture, $"10.0.{Interlocked.Increment(ref heats) / 250}.{heats % 250}");
        var email = $"{OpaqueToken.Hex(12)}@example.com";
        var rule = LoginRules.AccountFromAddress(await administrator.UserAsync(email, Password), address);
        return new Heat(
            racer => Attempt(email, $"wrong password {racer}", address),
            (_, reply) => reply["access_token"],
            reply => reply.Error == "invalid_grant")
        {
            Winners = rule.Free,
            CountAsync = async won =>
                won.Count > 0 || (await http.AskAsync(Attempt(email, Password, address))).Acknowledged
                    ? 0
                    : await Ledger.TriesAsync(deployment, rule),
        };
    }

    private HttpRequestMessage Attempt(string username, string password, string address) =>
        new(HttpMethod.Post, "/oauth/token")
        {
            Headers = { { "X-Forwarded-For", address } },
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "http://auth0.com/oauth/grant-type/password-realm",
                    ["realm"] = Connection.DefaultDatabase,
                    ["client_id"] = client.Id,
                    ["client_secret"] = client.Secret!,
                    ["username"] = username,
                    ["password"] = password,
                }),
        };
}
