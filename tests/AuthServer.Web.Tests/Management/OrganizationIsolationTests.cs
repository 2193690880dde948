using System.Text.RegularExpressions;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management;

/// <summary>
/// docs/security.md#organizations: what belongs to one organization is not found through another. Every route is
/// tried.
/// </summary>
public sealed class OrganizationIsolationTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task An_object_of_one_organization_is_not_found_through_another()
    {
        var mine = (await api.PostAsync("organizations", """{"name":"mine"}""")).Text("id");
        var theirs = await FilledAsync();
        var tried = 0;
        foreach (var route in Routes()
                .Where(route =>
                    route.Pattern.Count(c => c == '{') > 1
                    && !route.Pattern.Contains("{roleId}", StringComparison.Ordinal)))
        {
            var path = Regex.Replace(
                route.Pattern.Replace("{id}", mine, StringComparison.Ordinal),
                @"\{(?<name>\w+)\}",
                m => theirs.Values[m.Groups["name"].Value],
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1));
            var body =
                route.Method == "GET"
                || (route.Method == "DELETE" && !path.EndsWith("/roles", StringComparison.Ordinal))
                    ? null
                : path.EndsWith("/roles", StringComparison.Ordinal) ? $$"""{"roles":["{{theirs.Role}}"]}"""
                : "{}";

            var answer = await api.SendAsync(new HttpMethod(route.Method), path["/api/v2/".Length..], body);

            Assert.True(answer.Status == 404, $"{route.Method} {path}: {answer.Status} {answer.Json?.ToJsonString()}");
            Assert.DoesNotContain("grace", answer.Json!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
            tried++;
        }

        Assert.True(tried >= 12, $"Only {tried} routes were tried.");
        await StillThereAsync(theirs);
    }

    [Fact]
    public async Task Its_lists_show_nothing_of_another()
    {
        var mine = (await api.PostAsync("organizations", """{"name":"lists"}""")).Text("id");
        var theirs = await FilledAsync();
        foreach (var pattern in Routes()
                .Where(route =>
                    route.Method == "GET"
                    && route.Pattern.StartsWith("/api/v2/organizations/{id}/", StringComparison.Ordinal)
                    && route.Pattern.Count(c => c == '{') == 1)
                .Select(route => route.Pattern))
        {
            var path = pattern["/api/v2/".Length..];
            var empty = await api.GetAsync(path.Replace("{id}", mine, StringComparison.Ordinal));
            var full = await api.GetAsync(path.Replace("{id}", theirs.Id, StringComparison.Ordinal));

            Assert.Equal((200, "[]"), (empty.Status, empty.Json!.ToJsonString()));
            Assert.Single(full.List);
        }
    }

    [Fact]
    public async Task An_unknown_organization_is_not_found_by_any_route()
    {
        var theirs = await FilledAsync();
        foreach (var (method, pattern) in Routes()
                .Where(route => route.Pattern.StartsWith("/api/v2/organizations/{id}", StringComparison.Ordinal)))
        {
            var path = Regex.Replace(
                pattern.Replace("{id}", "org_0000000000000000", StringComparison.Ordinal),
                @"\{(?<name>\w+)\}",
                m => theirs.Values[m.Groups["name"].Value],
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1));
            var last = path[(path.LastIndexOf('/') + 1)..];
            var body = (method, last) switch
            {
                ("GET", _) => null,
                (_, "members") => $$"""{"members":["{{theirs.User}}"]}""",
                (_, "roles") => $$"""{"roles":["{{theirs.Role}}"]}""",
                ("POST", "client-grants") => """{"grant_id":"cgr_x"}""",
                ("POST", "connections" or "enabled_connections") => """{"connection_id":"con_x"}""",
                ("POST", "invitations") =>
                    """{"inviter":{"name":"x"},"invitee":{"email":"x@example.com"},"client_id":"x"}""",
                ("DELETE", _) => null,
                _ => "{}",
            };

            var answer = await api.SendAsync(new HttpMethod(method), path["/api/v2/".Length..], body);

            Assert.True(answer.Status == 404, $"{method} {path}: {answer.Status} {answer.Json?.ToJsonString()}");
        }
    }

    private IEnumerable<(string Method, string Pattern)> Routes() =>
        from endpoint in api.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        where
            pattern.StartsWith("/api/v2/organizations/", StringComparison.Ordinal)
            && !pattern.Contains("{name}", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, pattern);

    private async Task<Filled> FilledAsync()
    {
        var name = Core.OpaqueToken.Hex(10);
        var connection = (await api.GetAsync("connections")).List[0]!["id"]!.GetValue<string>();
        var id = (
            await api.PostAsync(
                "organizations",
                $$"""{"name":"{{name}}","enabled_connections":[{"connection_id":"{{connection}}"}]}"""
            )
        ).Text("id");
        var user = await api.NewUserAsync($"grace-{name}@example.com");
        var role = (await api.PostAsync("roles", $$"""{"name":"{{name}}"}""")).Text("id");
        var client = await api.NewClientAsync(
            """ "organization_usage":"allow","initiate_login_uri":"https://app.example/login" """
        );
        await api.PostAsync(
            "resource-servers",
            $$"""{"identifier":"https://{{name}}.example/","scopes":[{"value":"read:x"}]}"""
        );
        var grant = (
            await api.PostAsync(
                "client-grants",
                $$"""
                {"client_id":"{{client}}","audience":"https://{{name}}.example/","scope":["read:x"],
                "organization_usage":"allow"}
                """
            )
        ).Text("id");
        Assert.Equal(
            204, (await api.PostAsync($"organizations/{id}/members", $$"""{"members":["{{user}}"]}""")).Status);
        Assert.Equal(
            204,
            (
                await api.PostAsync(
                    $"organizations/{id}/members/{Uri.EscapeDataString(user)}/roles",
                    $$"""{"roles":["{{role}}"]}"""
                )).Status);
        Assert.Equal(
            201, (await api.PostAsync($"organizations/{id}/client-grants", $$"""{"grant_id":"{{grant}}"}""")).Status);
        var invitation = (
            await api.PostAsync(
                $"organizations/{id}/invitations",
                $$"""{"inviter":{"name":"Grace"},"invitee":{"email":"i@example.com"},"client_id":"{{client}}"}"""
            )
        ).Text("id");
        return new Filled(id, user, role, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["userId"] = Uri.EscapeDataString(user),
            ["connectionId"] = connection,
            ["grantId"] = grant,
            ["invitationId"] = invitation,
            ["roleId"] = role,
        });
    }

    private async Task StillThereAsync(Filled theirs)
    {
        foreach (var path in new[]
            {
                $"members/{theirs.Values["userId"]}/roles",
                "client-grants",
                "enabled_connections",
                "invitations",
                "members",
            })
            Assert.Single((await api.GetAsync($"organizations/{theirs.Id}/{path}")).List);
    }

    private sealed record Filled(string Id, string User, string Role, IReadOnlyDictionary<string, string> Values);
}
