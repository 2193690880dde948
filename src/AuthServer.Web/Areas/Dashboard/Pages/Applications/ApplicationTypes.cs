using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The application types that are offered.</summary>
internal static class ApplicationTypes
{
    public static IReadOnlyList<string> All { get; } =
        [AppTypes.RegularWeb, AppTypes.Spa, AppTypes.Native, AppTypes.NonInteractive];

    public static string In(IStringLocalizer<Texts> texts, JsonObject client) => (string?)client["app_type"] switch
    {
        null => "",
        var type when All.Contains(type, StringComparer.Ordinal) => texts["Dashboard.Client.app_type." + type],
        var other => other,
    };
}
