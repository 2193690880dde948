using AuthServer.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management;

/// <summary>ASVS 8.2.1: who may call what in the Management API.</summary>
public sealed class AccessTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private IEnumerable<RouteEndpoint> Routes => api.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v2/", StringComparison.Ordinal))
        .Where(route => route.Metadata.GetMetadata<AuthServer.Web.Management.NoSuchRoute>() is null);

    [Fact]
    public async Task Every_route_refuses_a_caller_without_its_scopes()
    {
        Assert.NotEmpty(Routes);
        foreach (var (method, path) in Routes.SelectMany(Calls))
        {
            var answer = await api.WithScopesAsync(
                "read:nothing", a => a.SendAsync(new HttpMethod(method), path, "{}"));

            Assert.True(
                answer.Status == 403
                    && answer.Message.StartsWith("Insufficient scope, expected any of: ", StringComparison.Ordinal),
                $"{method} {path}: {answer.Status}");
        }
    }

    [Fact]
    public async Task Every_route_refuses_a_caller_without_a_token()
    {
        foreach (var (method, path) in Routes.SelectMany(Calls))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "api/v2/" + path);
            var answer = await api.SendAsync(request);

            Assert.True(
                answer.Status == 401 && answer.Text("error") == "Unauthorized", $"{method} {path}: {answer.Status}");
        }
    }

    [Fact]
    public void Every_scope_that_a_route_asks_for_is_one_of_the_API()
    {
        var asked = Routes.SelectMany(route =>
            route.Metadata.GetMetadata<AuthServer.Web.Management.RequiredScopes>()!.AnyOf);

        Assert.Empty(asked.Except(AuthServer.Core.Resources.ManagementScopes.All, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("wrong issuer")]
    [InlineData("wrong audience")]
    [InlineData("expired")]
    [InlineData("user's token")]
    [InlineData("logout token")]
    public async Task A_token_that_is_not_for_this_API_is_refused(string flaw)
    {
        var token = await api.TokenAsync(parts => Spoil(parts, flaw));

        Assert.Equal(401, (await api.SendAsync(HttpMethod.Get, "clients", token: token)).Status);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task An_invalid_token_is_refused(string token) =>
        Assert.Equal("Invalid token", (await api.SendAsync(HttpMethod.Get, "clients", token: token)).Message);

    [Fact]
    public async Task A_token_with_a_changed_scope_is_refused()
    {
        var parts = (await api.TokenAsync()).Split('.');
        var other = (await api.TokenAsync(p => p.Scope = "read:clients")).Split('.');

        Assert.Equal(
            401, (await api.SendAsync(HttpMethod.Get, "clients", token: $"{parts[0]}.{parts[1]}.{other[2]}")).Status);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_looked_at()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"api/v2/clients?access_token={await api.TokenAsync()}");

        Assert.Equal("Missing authentication", (await api.SendAsync(request)).Message);
    }

    [Fact]
    public async Task An_access_token_of_the_RFC_9068_kind_is_taken()
    {
        var token = await api.TokenAsync(parts => parts.Type = "at+jwt");

        Assert.Equal(200, (await api.SendAsync(HttpMethod.Get, "clients", token: token)).Status);
    }

    [Fact]
    public async Task A_token_from_the_token_endpoint_opens_the_API()
    {
        var issued = await new OAuth(api.Server).PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", TestServer.ClientId),
            ("client_secret", TestServer.ClientSecret),
            ("audience", api.Server.Issuer.Value + "api/v2/"));

        Assert.Equal(200, (await api.SendAsync(HttpMethod.Get, "clients", token: issued["access_token"])).Status);
    }

    [Fact]
    public async Task The_token_of_a_deleted_client_is_refused()
    {
        var client = await api.NewClientAsync();
        await api.DeleteAsync($"clients/{client}");
        api.Caller = client;

        var answer = await api.GetAsync("clients");
        api.Caller = TestServer.ClientId;

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Answers_are_never_stored()
    {
        Assert.True((await api.GetAsync("clients")).NoStore);
        Assert.True((await api.GetAsync("clients/nobody")).NoStore);
    }

    private static void Spoil(TokenParts parts, string flaw)
    {
        switch (flaw)
        {
            case "wrong issuer":
                parts.Issuer = "https://other.example/";
                break;
            case "wrong audience":
                parts.Audience = "https://api.example/";
                break;
            case "expired":
                parts.ExpiresAt -= 3600;
                break;
            case "user's token":
                parts.Subject = "auth0|0123456789";
                break;
            default:
                parts.Type = "logout+jwt";
                break;
        }
    }

    private static IEnumerable<(string Method, string Path)> Calls(RouteEndpoint route)
    {
        var path = route
            .RoutePattern.RawText!.TrimStart('/')["api/v2/".Length..]
            .Replace("{", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal);
        return route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => (method, path));
    }
}
