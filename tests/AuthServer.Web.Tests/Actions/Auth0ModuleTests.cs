using System.Text.Json;

namespace AuthServer.Web.Tests.Actions;

/// <summary>The module <c>auth0</c> in an Action sends what Auth0's SDK sends (docs/actions.md).</summary>
public sealed class Auth0ModuleTests(ActionPoolFixture actions) : IClassFixture<ActionPoolFixture>
{
    /// <summary>Shows whether a call gives the data, the response or a page, and the request that it sent.</summary>
    private const string Start =
        """
        const { ManagementClient, AuthenticationClient, ...errors } = require('auth0');
        const options = { domain: 'echo.example', clientId: 'c', clientSecret: 's' };
        const management = new ManagementClient({ ...options, token: 't' });
        const authentication = new AuthenticationClient(options);
        const shown = (result) => result.hasNextPage ? `page ${result.response.request}`
          : result.request ? `data ${result.request}` : `response ${result.status} ${result.data.request}`;
        """;

    private static readonly (string Call, string Shown)[] Calls =
    [
        ("management.users.get({ id: 'auth0|1', fields: 'email' })",
            "response 200 GET api/v2/users/auth0%7C1?fields=email"),
        ("management.users.getAll({ q: 'a b', per_page: 1 })", "response 200 GET api/v2/users?q=a+b&per_page=1"),
        ("management.users.update({ id: '1' }, { a: 1 })", "response 200 PATCH api/v2/users/1 {\"a\":1}"),
        ("management.users.assignRoles({ id: '1' }, { roles: ['r'] })",
            "response 200 POST api/v2/users/1/roles {\"roles\":[\"r\"]}"),
        ("management.users.unlink({ id: '1', provider: 'p', user_id: '2' })",
            "response 200 DELETE api/v2/users/1/identities/p/2"),
        ("management.usersByEmail.getByEmail({ email: 'a@b', fields: 'name' })",
            "response 200 GET api/v2/users-by-email?email=a%40b&fields=name"),
        ("management.userBlocks.getAll({ identifier: 'i' })", "response 200 GET api/v2/user-blocks?identifier=i"),
        ("management.organizations.getByName({ name: 'n' })", "response 200 GET api/v2/organizations/name/n"),
        ("management.resourceServers.getAll()", "response 200 GET api/v2/resource-servers"),
        ("management.sessions.revokeSession({ id: 's' })", "response 200 POST api/v2/sessions/s/revoke"),
        ("management.tickets.changePassword({ a: 1 })", "response 200 POST api/v2/tickets/password-change {\"a\":1}"),

        ("management.users.get('1', { fields: 'email' })", "data GET api/v2/users/1?fields=email"),
        ("management.users.roles.assign('1', { roles: ['r'] })",
            "data POST api/v2/users/1/roles {\"roles\":[\"r\"]}"),
        ("management.users.identities.delete('1', 'p', '2')", "data DELETE api/v2/users/1/identities/p/2"),
        ("management.users.listUsersByEmail({ email: 'a@b' })", "data GET api/v2/users-by-email?email=a%40b"),
        ("management.users.list({ q: 'x' })", "page GET api/v2/users?page=0&per_page=50&q=x"),
        ("management.organizations.members.list('o')", "page GET api/v2/organizations/o/members?take=50"),
        ("(await management.users.get('1').withRawResponse()).rawResponse", "response 200 GET api/v2/users/1"),

        ("management.getUser({ id: '1' })", "data GET api/v2/users/1"),
        ("management.getUsersByEmail('a@b')", "data GET api/v2/users-by-email?email=a%40b"),
        ("management.users.getByEmail('a@b')", "data GET api/v2/users-by-email?email=a%40b"),
        ("management.updateAppMetadata({ id: '1' }, { a: 1 })",
            "data PATCH api/v2/users/1 {\"app_metadata\":{\"a\":1}}"),
        ("management.users.updateAppMetadata({ id: '1' }, { a: 1 })",
            "data PATCH api/v2/users/1 {\"app_metadata\":{\"a\":1}}"),
        ("management.assignRolestoUser({ id: '1' }, { roles: ['r'] })",
            "data POST api/v2/users/1/roles {\"roles\":[\"r\"]}"),
        ("management.linkUsers('1', { user_id: '2' })", "data POST api/v2/users/1/identities {\"user_id\":\"2\"}"),
        ("new Promise((done) => management.getClient({ client_id: 'c' }, (error, data) => done(data)))",
            "data GET api/v2/clients/c"),

        ("authentication.oauth.clientCredentialsGrant({ audience: 'a' })",
            "response 200 POST oauth/token client_id=c&audience=a&client_secret=s&grant_type=client_credentials"),
        ("authentication.refreshToken({ refresh_token: 'r' })",
            "data POST oauth/token client_id=c&refresh_token=r&client_secret=s&grant_type=refresh_token"),
        ("authentication.database.changePassword({ email: 'e' })",
            "response 200 POST dbconnections/change_password {\"client_id\":\"c\",\"email\":\"e\"}"),
        ("authentication.requestChangePasswordEmail({ email: 'e' })",
            "data POST dbconnections/change_password {\"client_id\":\"c\",\"email\":\"e\"}"),
    ];

    [Fact]
    public async Task The_methods_of_its_versions_are_requests_of_the_API()
    {
        var calls = string.Concat(Calls.Select(call => $"seen.push(shown(await {call.Call}));\n"));

        Assert.Equal(Calls.Select(call => call.Shown), await RunAsync(calls));
    }

    [Theory]
    [InlineData("3.7.2", "data GET api/v2/users", "data POST api/v2/tickets/password-change {}")]
    [InlineData("^4.3.1", "response 200 GET api/v2/users", "response 200 POST api/v2/tickets/password-change {}")]
    [InlineData("5", "page GET api/v2/users?page=0&per_page=50", "data POST api/v2/tickets/password-change {}")]
    [InlineData("latest", "response 200 GET api/v2/users", "response 200 POST api/v2/tickets/password-change {}")]
    public async Task The_version_in_the_dependencies_decides_what_a_method_gives(
        string version, string users, string ticket)
    {
        var seen = await RunAsync(
            """
            seen.push(shown(await management.users.getAll()), shown(await management.tickets.changePassword({})));
            """,
            version);

        Assert.Equal([users, ticket], seen);
    }

    [Fact]
    public async Task A_token_is_requested_once_and_shown_to_the_API_only()
    {
        var seen = await RunAsync(
            """
            const client = new ManagementClient({ ...options, scope: 'read:users', headers: { 'x-more': '1' } });
            const [first, second] = await Promise.all([client.users.get({ id: '1' }), client.getUser({ id: '2' })]);
            const sent = [first.data.headers.authorization, second.headers.authorization];
            seen.push(String(new Set([...sent, `Bearer ${await client.getAccessToken()}`]).size));
            seen.push(second.headers['x-more'], JSON.stringify(client), String(client instanceof ManagementClient));
            """);

        Assert.Equal(["1", "1", "{}", "true"], seen);
    }

    [Fact]
    public async Task What_is_not_there_fails_with_its_name()
    {
        var seen = await RunAsync(
            """
            const failed = async (call) => {
              try { await call(); } catch (error) { seen.push(`${error.name}: ${error.message}`); }
            };
            await failed(() => management.users.xyz());
            await failed(() => management.guardian.factors.list());
            await failed(() => authentication.passwordless.sendEmail({}));
            await failed(() => management.users.get({}));
            await failed(() => new AuthenticationClient({ domain: 'echo.example' }).oauth.clientCredentialsGrant({}));
            await failed(() => new ManagementClient({ clientId: 'c' }));
            await failed(() => new ManagementClient({ domain: 'http://10.0.0.1', token: 't' }).users.get('1'));
            """);

        Assert.Equal(
            [
                "Error: users.xyz is not available on this server",
                "Error: guardian.factors.list is not available on this server",
                "Error: passwordless.sendEmail is not available on this server",
                "RequiredError: Required parameter requestParameters.id was null or undefined.",
                "Error: The client_secret is required.",
                "Error: Must provide a domain",
                "FetchError: fetch failed",
            ],
            seen);
    }

    private async Task<string[]> RunAsync(string body, string? version = null)
    {
        var run = ActionScripts.Run(
            $$"""
            {{Start}}
            exports.onExecutePostLogin = async (event, api) => {
              const seen = [];
              {{body}}
              api.idToken.setCustomClaim('seen', seen);
            };
            """);
        var dependencies = new Dictionary<string, string>(StringComparer.Ordinal);
        if (version is not null)
            dependencies["auth0"] = version;
        var results = await actions.Pool.RunAsync(
            run with { Actions = [run.Actions[0] with { Dependencies = dependencies }] }, CancellationToken.None);
        Assert.Null(results[0].Error);
        return results[0].Commands[0][2].Deserialize<string[]>()!;
    }
}
