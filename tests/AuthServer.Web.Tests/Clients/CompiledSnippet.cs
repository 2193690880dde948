using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AuthServer.Web.Tests.Clients;

/// <summary>Code of a page that configures the <c>builder</c> of an ASP.NET Core application.</summary>
internal static class CompiledSnippet
{
    private static readonly string[] Namespaces =
    [
        "Microsoft.AspNetCore.Authentication.Cookies",
        "Microsoft.AspNetCore.Authentication.JwtBearer",
        "Microsoft.AspNetCore.Authentication.OpenIdConnect",
        "Microsoft.AspNetCore.Builder",
        "Microsoft.Extensions.DependencyInjection",
    ];

    public static Action<WebApplicationBuilder> Compile(string code)
    {
        var source = $$"""
            {{string.Concat(Namespaces.Select(name => $"using {name};\n"))}}
            public static class Snippet
            {
                public static void Configure(WebApplicationBuilder builder)
                {
                    {{code}}
                }
            }
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "snippet",
            [CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(assembly.ToArray())
            .GetType("Snippet")!
            .GetMethod("Configure")!
            .CreateDelegate<Action<WebApplicationBuilder>>();
    }
}
