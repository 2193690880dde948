using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthServer.Core.Clients;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Areas.Dashboard;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.Pages.Connections;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Tenants;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Tests.Architecture;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>What holds for every page of the dashboard, those to come too.</summary>
public sealed class PageRulesTests : IAsyncLifetime
{
    private static readonly string[] Open = ["/dashboard/sign-in", "/dashboard/callback", "/dashboard/sign-out"];

    /// <summary>
    /// The scopes of pages that others link to; apart those of the pages that show the most links, so that each half
    /// leaves the other's pages open.
    /// </summary>
    private static readonly string[][] Linked =
    [
        ["read:users", "read:clients"],
        [
            "read:resource_servers", "read:roles", "read:actions", "read:connections", "read:organizations",
            "read:organizations_summary",
        ],
    ];

    private static readonly Regex Operation = new(
        @"""(?<operation>(GET|POST|PATCH|PUT|DELETE) /api/v2/[^""]*)""",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    private readonly ShownForms forms = new();
    private readonly TestServer server;
    private string userId = "";
    private string apiId = "";
    private string roleId = "";
    private string kid = "";
    private string connectionId = "";
    private Organization organization = null!;
    private ActionVersion version = null!;
    private ActionExecution execution = null!;

    public PageRulesTests() =>
        server = new TestServer(services: s => s.Configure<MvcOptions>(mvc => mvc.Filters.Add(forms)));

    public async ValueTask InitializeAsync()
    {
        var user = await server.AdministratorAsync();
        (userId, apiId) = (user.UserId, (await server.AddApiAsync()).PublicId);
        connectionId = (await server.AddGitHubAsync()).Id;
        organization = await server.AddOrganizationAsync("acme", change: null, user);
        var action = new ActionDefinition { Id = Guid.NewGuid(), Name = "Claims", TriggerId = "post-login" };
        version = new ActionVersion { Id = Guid.NewGuid(), ActionId = action.Id, Number = 1 };
        execution = new ActionExecution
        {
            Id = Guid.NewGuid(),
            TriggerId = action.TriggerId,
            Status = "final",
            Results = "[]",
            CreatedAt = server.Time.GetUtcNow(),
        };
        await server.ChangeAsync(db =>
        {
            db.AddRange(action, version, execution);
            return Task.CompletedTask;
        });
        roleId = await server.WithAsync<AuthDbContext, string>(
            db => db.RoleMembers.Where(m => m.UserId == userId).Select(m => m.RoleId).SingleAsync());
        kid = await server.WithAsync<AuthDbContext, string>(db => db.SigningKeys.Select(k => k.Kid).FirstAsync());
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_browser_that_is_not_signed_in_is_sent_to_sign_in()
    {
        using var http = server.NewHttp();
        foreach (var path in Paths().Except(Open, StringComparer.Ordinal))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var answer = await http.SendAsync(new HttpRequestMessage(method, path));
                if (answer.StatusCode == HttpStatusCode.MethodNotAllowed)
                    continue;
                Assert.Equal((path, HttpStatusCode.Redirect), (path, answer.StatusCode));
                Assert.StartsWith("/authorize?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_user_without_a_role_sees_none_of_them()
    {
        var user = await server.AddUserAsync("grace@example.com", DashboardSession.Password);
        using var browser = await server.OpenDashboardAsync(user.Email!, DashboardSession.Password);
        foreach (var path in Paths().Except(Open, StringComparer.Ordinal))
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await browser.OpenAsync(path)).Status));
    }

    [Fact]
    public async Task Every_page_opens_for_an_administrator_and_the_fields_of_its_form_are_members_with_texts()
    {
        using var browser = await server.OpenDashboardAsync();
        var kinds = ConnectionStrategies.All.Select(kind => "/dashboard/connections/new?strategy=" + kind);
        foreach (var path in Paths().Except(Open, StringComparer.Ordinal).Concat(kinds))
        {
            await browser.OpenAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, browser.Status));
        }

        var pages = typeof(DashboardPage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(PageModel)))
            .Where(type => ShownForms.Of(type) is not null);
        Assert.Empty(pages.Except(forms.Pages));
        var texts = Pages.LanguageTests.Texts("Texts.resx");
        var sections = forms.All.SelectMany(form => form.Sections.Select(section => (form.Resource, section)))
            .Concat(ConnectionStrategies.All.SelectMany(ConnectionForms.SettingsOf).Select(s => ("Connection", s)));
        foreach (var (resource, section) in sections)
        {
            Assert.Contains($"Dashboard.{resource}.{section.Name}", texts);
            foreach (var member in section.Fields.Select(field => field.Member))
            {
                Assert.Contains($"Dashboard.{resource}.{member}", texts);
                var error = Apply(resource, BodyOf(member))?.Reason ?? "";
                Assert.DoesNotContain("Additional properties", $"{resource}: {error}", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_page_opens_for_a_viewer_or_names_a_role()
    {
        using var browser = await server.OpenDashboardAsViewerAsync();
        foreach (var path in Paths().Except(Open, StringComparer.Ordinal))
        {
            await browser.OpenAsync(path);
            if (browser.Status == HttpStatusCode.Forbidden)
                Assert.Contains("Administrator", browser.Text, StringComparison.Ordinal);
            else
                Assert.Equal((path, HttpStatusCode.OK), (path, browser.Status));
        }
    }

    /// <summary>Of administrators who may do all, except see what many pages link to.</summary>
    [Fact]
    public async Task No_page_links_to_one_that_is_forbidden()
    {
        var client = await server.AddOrganizationClientAsync(OrganizationUsages.Require);
        await server.InviteAsync(organization, client, "new@example.com");
        await server.BlockAsync(LoginRules.AccountFromUnknownAddresses(userId));
        var operations = server.Services.GetRequiredService<ManagementOperations>();
        var all = operations.All.SelectMany(operations.ScopesOf).ToHashSet(StringComparer.Ordinal);
        var required = typeof(DashboardPage).Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes<RequiresScopeAttribute>())
            .SelectMany(attribute => attribute.AnyOf)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var lacking in Linked)
        {
            Assert.Subset(required, lacking.ToHashSet(StringComparer.Ordinal));
            using var browser = await server.OpenDashboardWithAsync([.. all.Except(lacking, StringComparer.Ordinal)]);
            Assert.Empty(await ForbiddenLinksAsync(browser));
        }
    }

    [Fact]
    public async Task No_form_goes_through_without_its_token_or_from_another_site()
    {
        using var browser = await server.OpenDashboardAsync();
        using var http = server.NewHttp();
        var cookies = string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        http.DefaultRequestHeaders.Add("Cookie", cookies);
        foreach (var path in Paths(taking: "POST"))
        {
            using var answer = await http.PostAsync(path, new FormUrlEncodedContent([]));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
            foreach (var site in (string[])["cross-site", "same-site"])
                Assert.Equal((path, HttpStatusCode.BadRequest), (path, await server.PostAsync(browser, path, site)));
        }
    }

    /// <summary>
    /// Otherwise only an administrator who opens the page would find that the operation has another name now.
    /// </summary>
    [Fact]
    public void Every_operation_that_a_page_names_is_one_of_the_management_api()
    {
        var operations = server.Services.GetRequiredService<ManagementOperations>();
        var named = Sources.In("AuthServer.Web/Areas/Dashboard/")
            .SelectMany(file => Operation.Matches(file.Value).Select(match => match.Groups["operation"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 15, $"{named.Count} operations were found.");
        Assert.Empty(named.Except(operations.All, StringComparer.Ordinal));
    }

    private static JsonElement BodyOf(string member) => JsonSerializer.SerializeToElement(
        member.Split('.').Reverse()
            .Aggregate((JsonNode?)null, (inner, name) => new JsonObject { [name] = inner }));

    private static ValidationError? Apply(string resource, JsonElement body) => resource switch
    {
        "Tenant" => TenantSettingsModel.Wire.Apply(body, new TenantSettings(), Change.Update),
        "Connection" => ApplyToConnection(body),
        "Branding" => BrandingModel.Wire.Apply(body, new TenantSettings(), Change.Update),
        "Client" => ClientModel.Wire.Apply(
            body, ClientDefaults.New("", null, null, DateTimeOffset.UnixEpoch), Change.Update),
        "Organization" => OrganizationModel.Wire.Apply(body, new Organization { Id = "", Name = "" }, Change.Update),
        "OrganizationConnection" => OrganizationConnectionModel.Newer.Apply(
            body, new OrganizationConnection { OrganizationId = "", ConnectionId = "" }, Change.Update),
        "Invitation" => InvitationModel.Draft.Apply(body, new InvitationDraft(), Change.Create),

        // The page of a new Action writes supported_triggers of it.
        "Action" when body.TryGetProperty("trigger", out _) => null,
        "Action" => ActionModel.Wire.Apply(
            body, new ActionDefinition { Id = default, Name = "", TriggerId = "post-login" }, Change.Update),
        "Api" => ResourceServerModel.Wire.Apply(body, NewApi(), Change.Create),
        "Role" => RoleModel.Wire.Apply(body, new Role { Id = "", Name = "" }, Change.Update),
        "User" => UserModel.Wire.Apply(
            body, NewUser.InDatabase("database", "ada@example.com", DateTimeOffset.UnixEpoch), Change.Update),
        _ => throw new InvalidOperationException("No schema is known for " + resource),
    };

    private static ResourceServer NewApi() =>
        new() { PublicId = "", DisplayName = "", Identifier = "orders:api" };

    /// <summary>An option is one of databases, or of some kind of provider.</summary>
    private static ValidationError? ApplyToConnection(JsonElement body)
    {
        var connection = new Connection { Id = "", Name = "", Strategy = ProviderPreset.Oidc };
        if (ConnectionModel.Wire.Apply(body, connection, Change.Create) is { } unfit)
            return unfit;
        if (!body.TryGetProperty("options", out var options) || DatabaseOptionKinds.Check(options) is null)
            return null;
        var option = options.EnumerateObject().Single().Name;
        return ProviderOptionKinds.OfAll.ContainsKey(option)
            || ProviderOptionKinds.ByStrategy(_ => null).Values.Any(kinds => kinds.ContainsKey(option))
                ? null
                : ValidationError.Unknown(option);
    }

    private async Task<List<string>> ForbiddenLinksAsync(Browser browser)
    {
        var statuses = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal);
        var links = new HashSet<(string Page, string Link)>();
        foreach (var path in Paths().Except([.. Open, "/dashboard/logs/download"], StringComparer.Ordinal))
        {
            statuses[path] = (await browser.OpenAsync(path)).Status;
            if (statuses[path] == HttpStatusCode.OK)
                links.UnionWith(browser.Page.QuerySelectorAll("main a[href^='/dashboard/']")
                    .Select(link => (path, link.GetAttribute("href")!)));
        }

        foreach (var (_, link) in links.Where(link => !statuses.ContainsKey(link.Link)).ToList())
            statuses[link] = (await browser.OpenAsync(link)).Status;
        Assert.NotEmpty(links);
        return [.. links.Where(link => statuses[link.Link] == HttpStatusCode.Forbidden).Select(link => $"{link}")];
    }

    /// <summary>Each page once, of resources that there are.</summary>
    private List<string> Paths(string taking = "GET")
    {
        var paths = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(page => page.Metadata.GetMetadata<PageActionDescriptor>()?.AreaName == DashboardAuthentication.Area)
            .Where(page => page.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(taking))
            .Select(page => "/" + page.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("/dashboard/logs/{", StringComparison.Ordinal))
            .Select(path => path
                .Replace("/apis/{id}", "/apis/" + apiId, StringComparison.Ordinal)
                .Replace("/users/{id}", "/users/" + Uri.EscapeDataString(userId), StringComparison.Ordinal)
                .Replace("/organizations/{id}", "/organizations/" + organization.Id, StringComparison.Ordinal)
                .Replace("/actions/{id}", $"/actions/{version.ActionId}", StringComparison.Ordinal)
                .Replace("{version}", version.Id.ToString(), StringComparison.Ordinal)
                .Replace("{execution}", execution.Id.ToString(), StringComparison.Ordinal)
                .Replace("{user}", Uri.EscapeDataString(userId), StringComparison.Ordinal)
                .Replace("{connection}", organization.Connections[0].ConnectionId, StringComparison.Ordinal)
                .Replace("/roles/{id}", "/roles/" + roleId, StringComparison.Ordinal)
                .Replace("{kid}", kid, StringComparison.Ordinal)
                .Replace("{role}", roleId, StringComparison.Ordinal)
                .Replace("{api}", apiId, StringComparison.Ordinal)
                .Replace("/connections/{id}", "/connections/" + connectionId, StringComparison.Ordinal)
                .Replace("{id}", TestServer.ClientId, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(paths);
        return paths;
    }
}

/// <summary>The forms of the pages that were opened.</summary>
internal sealed class ShownForms : IPageFilter
{
    private readonly ConcurrentDictionary<Type, ConcurrentBag<ResourceForm>> forms = new();

    public IEnumerable<Type> Pages => forms.Keys;

    public IEnumerable<ResourceForm> All => forms.Values.SelectMany(shown => shown);

    /// <returns>Null for a page without a form over members of a resource.</returns>
    public static PropertyInfo? Of(Type page) =>
        page.GetProperties().FirstOrDefault(property => property.PropertyType == typeof(ResourceForm));

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        var page = context.HandlerInstance.GetType();
        if (Of(page)?.GetValue(context.HandlerInstance) is ResourceForm form)
            forms.GetOrAdd(page, _ => []).Add(form);
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
    }

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }
}
