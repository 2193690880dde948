using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions, their versions and their bindings in the Management API.</summary>
public sealed class ActionManagementTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Code = "exports.onExecutePostLogin = async () => {};";

    [Fact]
    public async Task An_Action_is_made_changed_deployed_rolled_back_and_deleted()
    {
        var made = await CreateAsync("Lifecycle");
        var id = made.Text("id");
        Assert.Equal((201, "built", "node22"), (made.Status, made.Text("status"), made.Text("runtime")));
        Assert.False(made["all_changes_deployed"]!.GetValue<bool>());
        Assert.Null(made["deployed_version"]);

        var first = await api.PostAsync($"actions/actions/{id}/deploy");
        Assert.Equal((200, 1), (first.Status, first["number"]!.GetValue<int>()));
        Assert.True(first["deployed"]!.GetValue<bool>());
        var changed = await api.PatchAsync(
            $"actions/actions/{id}", """{"code":"exports.onExecutePostLogin = async () => { 2; };"}""");
        Assert.False(changed["all_changes_deployed"]!.GetValue<bool>());
        Assert.Equal(Code, changed["deployed_version"]!["code"]!.GetValue<string>());
        Assert.Equal(2, (await api.PostAsync($"actions/actions/{id}/deploy"))["number"]!.GetValue<int>());

        var versions = await api.GetAsync($"actions/actions/{id}/versions");
        Assert.Equal([2, 1], versions["versions"]!.AsArray().Select(v => v!["number"]!.GetValue<int>()));
        var back = await api.PostAsync(
            $"actions/actions/{id}/versions/{first.Text("id")}/deploy", """{"update_draft":true}""");
        Assert.Equal((202, 3, Code), (back.Status, back["number"]!.GetValue<int>(), back.Text("code")));
        var restored = await api.GetAsync($"actions/actions/{id}");
        Assert.Equal((Code, true), (restored.Text("code"), restored["all_changes_deployed"]!.GetValue<bool>()));
        var replaced = await api.GetAsync($"actions/actions/{id}/versions/{first.Text("id")}");
        Assert.False(replaced["deployed"]!.GetValue<bool>());

        Assert.Equal(204, (await api.DeleteAsync($"actions/actions/{id}")).Status);
        var gone = await api.GetAsync($"actions/actions/{id}");
        Assert.Equal((404, "That action does not exist."), (gone.Status, gone.Message));
    }

    [Fact]
    public async Task A_secret_is_never_shown_and_is_encrypted_at_rest()
    {
        var made = await CreateAsync(
            "Secretive",
            ""","secrets":[{"name":"KEY","value":"very-secret-value"},{"name":"B","value":"b"}]""");
        var id = made.Text("id");
        var kept = await api.PatchAsync($"actions/actions/{id}", """{"secrets":[{"name":"KEY"}]}""");
        await api.PostAsync($"actions/actions/{id}/deploy");
        var shown = await api.GetAsync($"actions/actions/{id}");

        Assert.Equal(["KEY"], kept["secrets"]!.AsArray().Select(secret => secret!["name"]!.GetValue<string>()));
        Assert.All(
            (ManagementAnswer[])[made, kept, shown],
            shown => Assert.DoesNotContain("very-secret-value", shown.Json!.ToJsonString(), StringComparison.Ordinal));
        var stored = await api.Server.WithAsync<AuthDbContext, byte[]>(
            async db => (await db.Actions.SingleAsync(a => a.Name == "Secretive")).SecretsSealed!);
        Assert.DoesNotContain("very-secret-value", Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        Assert.Equal(400, (await api.PatchAsync($"actions/actions/{id}", """{"secrets":[{"name":"NEW"}]}""")).Status);
    }

    [Theory]
    [InlineData("exports.onExecutePostLogin = async () => {\\n  const = 1;\\n};", "(line 2, column 9)")]
    [InlineData("require('left-pad');", "Cannot find module 'left-pad' (line 1, column 1)")]
    [InlineData("exports.onExecutePostLogn = () => {};", "does not export the function onExecutePostLogin (line 1")]
    [InlineData("exports.onContinuePostLogin = () => {};", "does not export the function onExecutePostLogin (line 1")]
    [InlineData("exports.onExecutePostLogin = async function* () {};", "Invalid function signature for the handler")]
    public async Task Code_that_can_t_run_is_refused_when_it_is_deployed(string code, string message)
    {
        var made = await CreateAsync($"Broken {Guid.CreateVersion7()}", code: code);

        var refused = await api.PostAsync($"actions/actions/{made.Text("id")}/deploy");

        Assert.Equal((201, 400), (made.Status, refused.Status));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Null((await api.GetAsync($"actions/actions/{made.Text("id")}"))["deployed_version"]);
    }

    /// <param name="change">Members of a body that would be accepted; null removes one.</param>
    [Theory]
    [InlineData("""{"supported_triggers":null}""")]
    [InlineData("""{"supported_triggers":[]}""")]
    [InlineData("""{"supported_triggers":[{"id":"post-login","version":"v1"}]}""")]
    [InlineData("""{"supported_triggers":[{"id":"send-phone-message","version":"v2"}]}""")]
    [InlineData("""{"supported_triggers":[{"id":"nowhere","version":"v1"}]}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"runtime":"node8"}""")]
    [InlineData("""{"deploy":"yes"}""")]
    [InlineData("""{"dependencies":[{"version":"1"}]}""")]
    [InlineData("""{"modules":{}}""")]
    [InlineData("""{"secrets":[{"name":"a","value":"1"},{"name":"a","value":"2"}]}""")]
    public async Task An_invalid_Action_is_refused(string change)
    {
        const string Accepted = """{"name":"x","supported_triggers":[{"id":"post-login","version":"v3"}]}""";
        var body = JsonNode.Parse(Accepted)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body.Remove(name);
            if (value is not null)
                body[name] = value.DeepClone();
        }

        var refused = await api.PostAsync("actions/actions", body.ToJsonString());

        Assert.Equal((400, "invalid_body"), (refused.Status, refused.Text("errorCode")));
    }

    [Fact]
    public async Task Deploy_is_a_flag_of_a_new_Action_only()
    {
        var id = (await CreateAsync("Flagged")).Text("id");

        Assert.Equal(400, (await api.PatchAsync($"actions/actions/{id}", """{"deploy":true}""")).Status);
        Assert.Equal(400, (await CreateAsync("Null", ""","deploy":null""")).Status);
    }

    [Fact]
    public async Task An_unsupported_trigger_says_so()
    {
        var refused = await api.PostAsync(
            "actions/actions",
            """{"name":"x","supported_triggers":[{"id":"send-phone-message","version":"v2"}]}""");

        Assert.Contains(
            "The trigger send-phone-message is not supported by this server",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bindings_are_replaced_in_order_and_keep_an_Action_from_being_deleted()
    {
        var a = (await CreateAsync("Bound A", ""","deploy":true""")).Text("id");
        var b = (await CreateAsync("Bound B", ""","deploy":true""")).Text("id");
        var draft = (await CreateAsync("Bound C")).Text("id");

        var bound = await BindAsync(
            $$$"""
            {"ref":{"type":"action_name","value":"Bound B"},"display_name":"Second"},
            {"ref":{"type":"action_id","value":"{{{a}}}"}}
            """);
        var listed = await api.GetAsync("actions/triggers/post-login/bindings");
        Assert.Equal((200, 2), (bound.Status, listed["total"]!.GetValue<int>()));
        Assert.Equal(
            ["Second", "Bound A"],
            listed["bindings"]!.AsArray().Select(one => one!["display_name"]!.GetValue<string>()));
        Assert.Equal(b, listed["bindings"]![0]!["action"]!["id"]!.GetValue<string>());
        Assert.Equal(409, (await api.DeleteAsync($"actions/actions/{a}")).Status);
        Assert.Equal(400, (await BindAsync($$$"""{"ref":{"type":"action_id","value":"{{{draft}}}"}}""")).Status);
        Assert.Equal(400, (await BindAsync("""{"ref":{"type":"action_name","value":"Nobody"}}""")).Status);
        Assert.Equal(2, (await api.GetAsync("actions/triggers/post-login/bindings"))["total"]!.GetValue<int>());

        var binding = listed["bindings"]![1]!["id"]!.GetValue<string>();
        var again = await BindAsync($$$"""{"ref":{"type":"binding_id","value":"{{{binding}}}"}}""");
        Assert.Equal("Bound A", again["bindings"]![0]!["action"]!["name"]!.GetValue<string>());
        Assert.Equal(204, (await api.DeleteAsync($"actions/actions/{a}?force=true")).Status);
        Assert.Empty((await api.GetAsync("actions/triggers/post-login/bindings"))["bindings"]!.AsArray());
        Assert.Equal(404, (await api.GetAsync("actions/triggers/nowhere/bindings")).Status);
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged()
    {
        await CreateAsync("Listed", ""","deploy":true""");

        var one = await api.GetAsync("actions/actions?actionName=Listed&triggerId=post-login&deployed=true&per_page=1");
        Assert.Equal((1, 0), (one["total"]!.GetValue<int>(), one["page"]!.GetValue<int>()));
        Assert.Equal(1, one["per_page"]!.GetValue<int>());
        Assert.Equal("Listed", one["actions"]![0]!["name"]!.GetValue<string>());
        Assert.True(one["actions"]![0]!["all_changes_deployed"]!.GetValue<bool>());
        Assert.Empty((await api.GetAsync("actions/actions?actionName=Listed&deployed=false"))["actions"]!.AsArray());
        Assert.Equal(409, (await CreateAsync("Listed")).Status);
        var triggers = (await api.GetAsync("actions/triggers"))["triggers"]!.AsArray();
        var postLogin = triggers.Single(trigger => trigger!["id"]!.GetValue<string>() == "post-login")!;
        Assert.Equal("node22", postLogin["default_runtime"]!.GetValue<string>());
        Assert.Equal(404, (await api.GetAsync("actions/executions/nothing")).Status);
    }

    [Fact]
    public async Task A_draft_is_tried_with_an_event_of_the_caller_s()
    {
        var made = await CreateAsync(
            "Tried",
            code: """
            exports.onExecutePostLogin = async (event, api) => {
              console.log(event.user.email);
              api.idToken.setCustomClaim('a', 1);
              throw new Error('end');
            };
            """);

        var path = $"actions/actions/{made.Text("id")}/test";
        var tried = await api.PostAsync(
            path, """{"payload":{"user":{"email":"x@example.com"},"transaction":{"metadata":{}}}}""");

        var payload = tried["payload"]!;
        Assert.Equal((200, "x@example.com"), (tried.Status, payload["lines"]![0]!.GetValue<string>()));
        Assert.Equal("""[["idToken.setCustomClaim","a",1]]""", payload["commands"]!.ToJsonString());
        Assert.Equal("end", payload["error"]!["msg"]!.GetValue<string>());
        Assert.Equal(400, (await api.PostAsync(path, """{"payload":1}""")).Status);
    }

    private Task<ManagementAnswer> CreateAsync(string name, string more = "", string code = Code)
    {
        var json = $$"""{"supported_triggers":[{"id":"post-login","version":"v3"}]{{more}}}""";
        var body = JsonNode.Parse(json)!.AsObject();
        body["name"] = name;
        body["code"] = code.Replace("\\n", "\n", StringComparison.Ordinal);
        return api.PostAsync("actions/actions", body.ToJsonString());
    }

    private Task<ManagementAnswer> BindAsync(string bindings) =>
        api.PatchAsync("actions/triggers/post-login/bindings", $$"""{"bindings":[{{bindings}}]}""");
}
