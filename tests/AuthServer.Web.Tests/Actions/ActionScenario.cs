using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Actions;

/// <summary>A server whose administrator binds Actions, and a client whose users meet them.</summary>
public sealed class ActionScenario : IAsyncLifetime
{
    /// <summary>A machine that compiles other tests meanwhile is slow.</summary>
    public ActionScenario()
        : this(cpuMilliseconds: 1000)
    {
    }

    private ActionScenario(int cpuMilliseconds) => Api = ManagementScenario.With(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AuthServer:Actions:CpuMilliseconds"] = cpuMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["AuthServer:Actions:Processes"] = "1",
            ["AuthServer:AllowLoopbackFetches"] = "true",
        });

    public ManagementScenario Api { get; }

    public TestServer Server => Api.Server;

    public OAuth OAuth { get; private set; } = null!;

    /// <summary>Of the administrator, who signs in.</summary>
    public string UserId { get; private set; } = "";

    public Client Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        OAuth = new OAuth(Server);
        UserId = (await Server.AdministratorAsync()).UserId;
        await Server.ChangeAsync<TenantSettings>(
            _ => true, settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        await Server.AddApiAsync();
        Client = await Server.AddClientAsync(
            client => client.GrantTypes =
                ["authorization_code", "refresh_token", "password", "implicit", "client_credentials"]);
        await Server.AddClientGrantAsync(Client.ClientId, TestData.Api, "read:contacts");
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>The same with less time of the processor for an Action.</summary>
    public static async Task<ActionScenario> WithAsync(int cpuMilliseconds)
    {
        var scenario = new ActionScenario(cpuMilliseconds);
        await scenario.InitializeAsync();
        return scenario;
    }

    /// <summary>Creates, deploys and binds Actions, in this order and no others.</summary>
    public async Task BindAsync(string trigger, params string[] codes)
    {
        var ids = new List<string>();
        foreach (var code in codes)
            ids.Add(await DeployAsync(trigger, code));
        await BindDeployedAsync(trigger, ids);
    }

    /// <summary>Binds Actions that are deployed, by their ids.</summary>
    public async Task BindDeployedAsync(string trigger, IEnumerable<string> ids)
    {
        var bindings = ids.Select(id =>
            (JsonNode)new JsonObject { ["ref"] = new JsonObject { ["type"] = "action_id", ["value"] = id } });
        var body = new JsonObject { ["bindings"] = new JsonArray([.. bindings]) };
        var bound = await Api.PatchAsync($"actions/triggers/{trigger}/bindings", body.ToJsonString());
        Assert.Equal(200, bound.Status);
    }

    public async Task UnbindAsync()
    {
        foreach (var trigger in ActionTriggers.All)
            await BindAsync(trigger.Id);
    }

    /// <summary>The same with an Action that consists of one handler's body.</summary>
    public Task BindBodyAsync(string trigger, string body) =>
        BindAsync(trigger, $"exports.{ActionTriggers.Find(trigger)!.Handler} = async (event, api) => {{ {body} }};");

    /// <returns>The id of an Action that is deployed.</returns>
    public async Task<string> DeployAsync(string trigger, string code, JsonObject? dependency = null)
    {
        var body = new JsonObject
        {
            ["name"] = Guid.CreateVersion7().ToString(),
            ["supported_triggers"] = new JsonArray(new JsonObject
            {
                ["id"] = trigger,
                ["version"] = ActionTriggers.Find(trigger)!.Version,
            }),
            ["code"] = code,
            ["dependencies"] = dependency is null ? [] : new JsonArray(dependency),
            ["secrets"] = new JsonArray(new JsonObject { ["name"] = "KEY", ["value"] = "k" }),
        };
        var made = await Api.PostAsync("actions/actions", body.ToJsonString());
        Assert.Equal(201, made.Status);
        var deployed = await Api.PostAsync($"actions/actions/{made.Text("id")}/deploy");
        Assert.True(deployed.Status == 200, deployed.Json?.ToJsonString());
        return made.Text("id");
    }

    public Task<Answer> PasswordAsync(string scope = "openid", string? audience = TestData.Api) => OAuth.TokenAsync(
        Client,
        ("grant_type", "password"),
        ("username", TestServer.AdminEmail),
        ("password", TestServer.AdminPassword),
        ("scope", scope),
        ("audience", audience));

    public Task<Answer> ClientCredentialsAsync() =>
        OAuth.TokenAsync(Client, ("grant_type", "client_credentials"), ("audience", TestData.Api));

    /// <summary>The executions that were kept, the oldest first.</summary>
    public Task<List<ActionExecution>> ExecutionsAsync() => Server.WithAsync<AuthDbContext, List<ActionExecution>>(
        db => db.ActionExecutions.AsNoTracking().OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).ToListAsync());

    /// <summary>The execution that the details of an event name.</summary>
    public Task<ManagementAnswer> ExecutionOfAsync(LogEvent logged)
    {
        var details = JsonDocument.Parse(logged.Details!).RootElement;
        var id = details.GetProperty("actions").GetProperty("executions")[0].GetString();
        return Api.GetAsync($"actions/executions/{id}");
    }

    /// <summary>The first execution that is kept of a trigger, which may run beside its request.</summary>
    public async Task<JsonElement> ResultsAsync(string trigger)
    {
        var found = await Eventually.FindAsync(
            async () => (await ExecutionsAsync()).Find(execution => execution.TriggerId == trigger),
            $"No execution of {trigger}.");
        return JsonDocument.Parse(found.Results).RootElement;
    }
}
