using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The pages of Actions in the dashboard.</summary>
internal static class ActionsTour
{
    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server)
    {
        await page.GotoAsync("/dashboard/actions/new");
        yield return "dashboard-action-new";
        await page.FillAsync("#name", "Add plan and roles to tokens");
        await page.ClickAsync("#save");
        var action = new Uri(page.Url).AbsolutePath;
        await page.FillAsync("#code", "exports.onExecutePostLogin = async (event, api) => {\n  const = 1;\n};");
        await page.ClickAsync("#deploy");
        yield return "dashboard-action-refused";
        await page.FillAsync(
            "#code",
            "exports.onExecutePostLogin = async (event, api) => {\n"
            + "  api.idToken.setCustomClaim('https://app.example.com/plan', event.user.app_metadata.plan);\n"
            + "  console.log(`${event.user.email} signed in to ${event.client.name}`);\n};");
        await page.ClickAsync("#deploy");
        await page.GotoAsync(action + "/secrets");
        await page.FillAsync("#name", "API_KEY");
        await page.FillAsync("#value", "value");
        await page.ClickAsync("#set");
        yield return "dashboard-action-secrets";
        await page.GotoAsync(action + "/test");
        await page.ClickAsync("#run");
        yield return "dashboard-action-test";
        await page.GotoAsync("/dashboard/actions/triggers");
        await page.ClickAsync("#bind-post-login");
        yield return "dashboard-action-triggers";
        var execution = new ActionExecution
        {
            Id = Guid.NewGuid(),
            TriggerId = "post-login",
            Status = "partial",
            Results = """
                [{"action_name":"Add plan and roles to tokens","started_at":"2026-01-01T00:00:00.000Z",
                "ended_at":"2026-01-01T00:00:00.012Z","lines":["grace@northwind.example signed in"],
                "error":{"id":"TypeError","msg":"Cannot read properties of undefined","place":"2:41"}}]
                """,
            CreatedAt = server.Time.GetUtcNow(),
        };
        await server.ChangeAsync(db => Task.FromResult(db.Add(execution)));
        foreach (var (name, path) in new[]
        {
            ("actions", "/dashboard/actions"),
            ("action", action),
            ("action-versions", action + "/versions"),
            ("action-executions", "/dashboard/actions/executions"),
            ("action-execution", $"/dashboard/actions/executions/{execution.Id}"),
            ("action-delete", action + "/delete"),
        })
        {
            await page.GotoAsync(path);
            yield return "dashboard-" + name;
        }

        await page.GotoAsync(action + "/versions");
        await page.ClickAsync("a[id^=see-]");
        yield return "dashboard-action-version";
    }
}
