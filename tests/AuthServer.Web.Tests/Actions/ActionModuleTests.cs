using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Modules that Actions share (docs/actions.md#modules).</summary>
public sealed class ActionModuleTests(ActionScenario scenario) : IClassFixture<ActionScenario>
{
    private const string Greeter =
        """
        const crypto = require('crypto');
        exports.greet = (name) => `${exports.word} ${name} ${actions.secrets.KEY} ${typeof event}`;
        exports.word = 'Hello';
        exports.count = (exports.count ?? 0) + 1;
        """;

    private readonly ManagementScenario api = scenario.Api;

    [Fact]
    public async Task An_Action_loads_the_version_of_a_module_that_it_names()
    {
        var module = await PublishAsync("Greeter", Greeter, ""","secrets":[{"name":"KEY","value":"of-module"}]""");
        var first = module["latest_version"]!["id"]!.GetValue<string>();
        var id = await CreateActionAsync(
            """
            const { greet, count } = require('actions:Greeter');
            exports.onExecutePostLogin = async (event, api) => {
              const again = require('actions:Greeter').count;
              api.idToken.setCustomClaim('greeting', [greet('Ann'), count + again, typeof actions, event.secrets.KEY]);
            };
            """,
            $$"""[{"module_id":"{{module.Text("id")}}","module_version_id":"{{first}}"}]""");
        var deployed = await api.PostAsync($"actions/actions/{id}/deploy");
        await api.PatchAsync($"actions/modules/{module.Text("id")}", """{"code":"exports.greet = () => 'changed';"}""");
        await api.PostAsync($"actions/modules/{module.Text("id")}/versions");
        await api.PatchAsync(
            "actions/triggers/post-login/bindings",
            $$$"""{"bindings":[{"ref":{"type":"action_id","value":"{{{id}}}"}}]}""");

        var token = OAuth.ClaimsOf((await scenario.PasswordAsync())["id_token"]);
        await scenario.UnbindAsync();

        Assert.Equal(
            """["Hello Ann of-module undefined",2,"undefined","own"]""", token.GetProperty("greeting").GetRawText());
        var reference = deployed["modules"]![0]!;
        Assert.Equal(("Greeter", 1), (
            reference["module_name"]!.GetValue<string>(), reference["module_version_number"]!.GetValue<int>()));
        var users = await api.GetAsync($"actions/modules/{module.Text("id")}/actions");
        Assert.Equal(1, users["total"]!.GetValue<int>());
        Assert.Equal(id, users["actions"]![0]!["action_id"]!.GetValue<string>());
        Assert.Equal(first, users["actions"]![0]!["module_version_id"]!.GetValue<string>());
        var shown = await api.GetAsync($"actions/modules/{module.Text("id")}");
        Assert.Equal((1, 2), (
            shown["actions_using_module_total"]!.GetValue<int>(), shown["latest_version_number"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_module_is_made_changed_published_rolled_back_and_deleted()
    {
        var made = await CreateAsync(
            "Lifecycle", "exports.a = 1;", ""","secrets":[{"name":"K","value":"very-secret"}]""");
        var path = $"actions/modules/{made.Text("id")}";
        Assert.Equal((201, false, 0), (
            made.Status,
            made["all_changes_published"]!.GetValue<bool>(),
            made["actions_using_module_total"]!.GetValue<int>()));
        Assert.Null(made["latest_version"]);
        var first = await api.PostAsync($"{path}/versions");
        Assert.Equal((200, 1, "exports.a = 1;"), (
            first.Status, first["version_number"]!.GetValue<int>(), first.Text("code")));
        Assert.Equal(409, (await api.PostAsync($"{path}/versions")).Status);
        var changed = await api.PatchAsync(path, """{"code":"exports.a = 2;"}""");
        Assert.False(changed["all_changes_published"]!.GetValue<bool>());
        Assert.Equal("exports.a = 1;", changed["latest_version"]!["code"]!.GetValue<string>());
        await api.PostAsync($"{path}/versions");
        var toFirst = $$"""{"module_version_id":"{{first.Text("id")}}"}""";
        var back = await api.PostAsync($"{path}/rollback", toFirst);
        Assert.Equal((200, "exports.a = 1;", false), (
            back.Status, back.Text("code"), back["all_changes_published"]!.GetValue<bool>()));
        Assert.Equal(409, (await api.PostAsync($"{path}/rollback", toFirst)).Status);
        Assert.Equal(404, (await api.PostAsync($"{path}/rollback", """{"module_version_id":"x"}""")).Status);
        var versions = await api.GetAsync($"{path}/versions?per_page=1");
        Assert.Equal((2, 2), (
            versions["total"]!.GetValue<int>(), versions["versions"]![0]!["version_number"]!.GetValue<int>()));
        Assert.Equal(200, (await api.GetAsync($"{path}/versions/{first.Text("id")}")).Status);
        Assert.Equal(404, (await api.GetAsync($"{path}/versions/{made.Text("id")}")).Status);
        var stored = await api.Server.WithAsync<AuthDbContext, byte[]>(
            async db => (await db.ActionModules.SingleAsync(m => m.Name == "Lifecycle")).SecretsSealed!);
        Assert.DoesNotContain("very-secret", Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        Assert.Equal(409, (await CreateAsync("Lifecycle", "")).Status);
        Assert.Contains(
            "Lifecycle",
            (await api.GetAsync("actions/modules?per_page=100"))["modules"]!.AsArray()
                .Select(module => module!["name"]!.GetValue<string>()));

        Assert.Equal(204, (await api.DeleteAsync(path)).Status);
        var gone = await api.GetAsync(path);
        Assert.Equal((404, "That action module does not exist."), (gone.Status, gone.Message));
    }

    [Fact]
    public async Task A_name_beside_an_id_is_a_text()
    {
        var module = await PublishAsync("Named", "exports.a = 1;");
        var mistyped = $$"""[{"module_id":"{{module.Text("id")}}","module_name":5,"module_version_number":1}]""";

        Assert.Equal(400, (await api.PostAsync("actions/actions", ActionBody("", mistyped).ToJsonString())).Status);
    }

    [Fact]
    public async Task A_module_that_an_Action_names_is_not_deleted()
    {
        var module = await PublishAsync("Used", "exports.a = 1;");
        var id = await CreateActionAsync(
            "exports.onExecutePostLogin = () => {};", """[{"module_name":"Used","module_version_number":1}]""");
        var path = $"actions/modules/{module.Text("id")}";

        var ofDraft = await api.DeleteAsync(path);
        var deployed = await api.PostAsync($"actions/actions/{id}/deploy");
        await api.PatchAsync($"actions/actions/{id}", """{"modules":[]}""");
        var ofDeployed = await api.DeleteAsync(path);
        await api.PostAsync($"actions/actions/{id}/deploy");
        var ofNone = await api.DeleteAsync(path);
        var again = await api.PostAsync($"actions/actions/{id}/versions/{deployed.Text("id")}/deploy");

        Assert.Equal((412, 412, 204), (ofDraft.Status, ofDeployed.Status, ofNone.Status));
        Assert.Equal((409, "A module of this version was deleted."), (again.Status, again.Message));
    }

    [Fact]
    public async Task The_oldest_version_that_no_Action_loads_makes_room_for_a_new_one()
    {
        var module = await PublishAsync("Many", "exports.a = 1;");
        await CreateActionAsync("", """[{"module_name":"Many","module_version_number":1}]""");
        var path = $"actions/modules/{module.Text("id")}";
        await api.Server.WithAsync<AuthDbContext, int>(db =>
        {
            db.AddRange(Enumerable.Range(2, 49).Select(number => new ActionModuleVersion
            {
                Id = Guid.CreateVersion7(),
                ModuleId = Guid.Parse(module.Text("id")),
                Number = number,
            }));
            return db.SaveChangesAsync();
        });
        await api.PatchAsync(path, """{"code":"exports.a = 2;"}""");
        Assert.Equal(51, (await api.PostAsync($"{path}/versions"))["version_number"]!.GetValue<int>());

        var numbers = (await api.GetAsync($"{path}/versions?per_page=100"))["versions"]!.AsArray()
            .Select(version => version!["version_number"]!.GetValue<int>());

        Assert.Equal([.. Enumerable.Range(3, 49).Reverse(), 1], numbers);
    }

    [Theory]
    [InlineData("exports.a = () => {\\n  const = 1;\\n};", "(line 2, column 9)")]
    [InlineData("require('left-pad');", "Cannot find module 'left-pad' (line 1, column 1)")]
    [InlineData("require('actions:Other');", "Cannot find module 'actions:Other' (line 1, column 1)")]
    [InlineData("}); (function () {", "line 1, column 1")]
    [InlineData("const actions = [];", "'actions' has already been declared (line 1, column 7)")]
    [InlineData("\\nlet exports;", "'exports' has already been declared (line 2, column 5)")]
    public async Task Code_that_can_t_run_is_refused_when_it_is_published(string code, string message)
    {
        var lines = code.Replace("\\n", "\n", StringComparison.Ordinal);

        var refused = await CreateAsync($"Broken {Guid.CreateVersion7()}", lines, ""","publish":true""");

        Assert.Equal(400, refused.Status);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"module_name":"Refused"}]""")]
    [InlineData("""[{"module_name":"Refused","module_version_number":2}]""")]
    [InlineData("""[{"module_name":"Nothing","module_version_number":1}]""")]
    [InlineData("""[{"module_id":1,"module_version_number":1}]""")]
    [InlineData("""[{"module_name":"Refused","module_version_number":1,"x":1}]""")]
    [InlineData("""["Refused"]""")]
    [InlineData(
        """
        [{"module_name":"Refused","module_version_number":1},{"module_name":"Refused","module_version_number":1}]
        """)]
    public async Task A_reference_to_no_version_of_a_module_is_refused(string modules)
    {
        await PublishAsync("Refused", "exports.a = 1;");

        var refused = await api.PostAsync("actions/actions", ActionBody("", modules).ToJsonString());

        Assert.Equal((400, "invalid_body"), (refused.Status, refused.Text("errorCode")));
    }

    [Fact]
    public async Task An_error_of_a_module_and_a_module_that_the_Action_does_not_name()
    {
        await PublishAsync("Thrower", "exports.run = () => {\n  throw new TypeError('no');\n};");
        var id = await CreateActionAsync(
            "exports.onExecutePostLogin = async () => { require('actions:Thrower').run(); };",
            """[{"module_name":"Thrower","module_version_number":1}]""");

        var tried = await api.PostAsync($"actions/actions/{id}/test", """{"payload":{}}""");
        await api.PatchAsync($"actions/actions/{id}", """{"modules":null}""");
        var refused = await api.PostAsync($"actions/actions/{id}/deploy");

        Assert.Equal("no", tried["payload"]!["error"]!["msg"]!.GetValue<string>());
        Assert.StartsWith(
            "actions:Thrower:2:", tried["payload"]!["error"]!["place"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(400, refused.Status);
        Assert.Contains("Cannot find module 'actions:Thrower'", refused.Message, StringComparison.Ordinal);
    }

    private static JsonObject ActionBody(string code, string modules) => new()
    {
        ["name"] = Guid.CreateVersion7().ToString(),
        ["supported_triggers"] = new JsonArray(new JsonObject { ["id"] = "post-login", ["version"] = "v3" }),
        ["code"] = code,
        ["secrets"] = new JsonArray(new JsonObject { ["name"] = "KEY", ["value"] = "own" }),
        ["modules"] = JsonNode.Parse(modules),
    };

    private async Task<string> CreateActionAsync(string code, string modules)
    {
        var made = await api.PostAsync("actions/actions", ActionBody(code, modules).ToJsonString());
        Assert.True(made.Status == 201, made.Json?.ToJsonString());
        return made.Text("id");
    }

    private Task<ManagementAnswer> PublishAsync(string name, string code, string more = "") =>
        CreateAsync(name, code, more + ""","publish":true""");

    private Task<ManagementAnswer> CreateAsync(string name, string code, string more = "")
    {
        var body = JsonNode.Parse($"{{\"x\":0{more}}}")!.AsObject();
        body.Remove("x");
        body["name"] = name;
        body["code"] = code;
        return api.PostAsync("actions/modules", body.ToJsonString());
    }
}
